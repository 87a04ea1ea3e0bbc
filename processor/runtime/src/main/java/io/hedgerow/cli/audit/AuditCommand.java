package io.hedgerow.cli.audit;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hedgerow audit}: what there is to do with an audit trail. */
@Command(
        name = "audit",
        synopsisSubcommandLabel = "COMMAND",
        description = "Verifies the audit trail, proves what is in it, and exports it.",
        subcommands = {
            AuditKeygenCommand.class,
            AuditVerifyCommand.class,
            AuditProveCommand.class,
            AuditCheckProofCommand.class,
            AuditExportCommand.class,
        })
public final class AuditCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Without a command. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "What to do with the audit trail is missing");
    }
}
