package io.hedgerow.cli.console;

import picocli.CommandLine.IVersionProvider;

/** The version of Hedgerow, as its jar says. */
public final class Version implements IVersionProvider {
    /** For example {@code 0.1.0}; {@code development} if classes don't come from a jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "hedgerow " + current(),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
