package io.hedgerow.cli.stream;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hedgerow dead-letters}: what to do about events that could not be explained. */
@Command(
        name = "dead-letters",
        description = "Lists events that could not be explained, and has them explained again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListDeadLettersCommand.class, ReplayDeadLettersCommand.class})
public final class DeadLettersCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Without a command. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A command is missing: list or replay");
    }
}
