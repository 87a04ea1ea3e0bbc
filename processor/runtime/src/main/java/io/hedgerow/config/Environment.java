package io.hedgerow.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${NAME}} and {@code ${NAME:default}}; a dollar sign before it keeps the rest as it is. */
final class Environment {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_]\\w*)(?::([^}]*))?}");

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Throws {@link IllegalArgumentException}, naming the variable, if it is neither set nor has a default. */
    String replace(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) == null ? "${" : value(match.group(1), match.group(2))));
    }

    private String value(String name, @Nullable String fallback) {
        String value = variables.getOrDefault(name, fallback);
        if (value == null) {
            throw new IllegalArgumentException(
                    "environment variable " + name + " is not set; set it, or give a default: ${" + name + ":...}");
        }
        return value;
    }
}
