package io.hedgerow.cli.console;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks options that count something. */
public final class Counts {
    private Counts() {}

    /** Throws {@link ParameterException} unless {@code value} is 1 or more. */
    public static void require(CommandSpec command, String option, long value) {
        require(command, option, value, Long.MAX_VALUE);
    }

    /** Throws {@link ParameterException} unless {@code value} is 1 to {@code most}. */
    public static void require(CommandSpec command, String option, long value, long most) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    command.commandLine(),
                    option + " " + value + ": takes 1 " + (most == Long.MAX_VALUE ? "or more" : "to " + most));
        }
    }
}
