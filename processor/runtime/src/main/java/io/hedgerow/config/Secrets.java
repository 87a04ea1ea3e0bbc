package io.hedgerow.config;

import java.util.regex.Pattern;

/** Tells secrets by the names of settings, Kafka's, the registry client's and those of plug-ins alike. */
final class Secrets {
    private static final String MASK = "****";
    private static final Pattern NAME = Pattern.compile(
            "password|secret|token(?!\\.endpoint)|credential(?!s\\.source)|jaas|user\\.info|passphrase|assertion"
                    + "|private|keystore\\.key|certificate|\\.key$|authorization|api[._-]?key|webhooks\\[\\d+\\]\\.url",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("//[^/@,]*@");

    private Secrets() {}

    static String mask(String name, String value) {
        return NAME.matcher(name).find() ? MASK : USER_INFO.matcher(value).replaceAll("//" + MASK + "@");
    }
}
