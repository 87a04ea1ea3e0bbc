package io.hedgerow.cli.audit;

import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.trail.AuditLogs;
import io.hedgerow.audit.verify.LogProver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hedgerow audit prove}: that an entry is in a log, or that a log only grew. */
@Command(
        name = "prove",
        description = "Proves that the entry of an event is in the audit trail, or that one of its logs only grew.")
final class AuditProveCommand implements Callable<Integer> {
    @Mixin
    private final AuditLogOptions options = new AuditLogOptions();

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The event's id.")
    private @Nullable String id;

    @Option(
            names = "--entry",
            paramLabel = "PARTITION:INDEX",
            description = "Which entry, if several are about the event (default: the last one).")
    private @Nullable String entry;

    @Option(names = "--from", paramLabel = "SIZE", description = "Prove growth from the checkpoint of this size ...")
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "SIZE", description = "... to that of this one.")
    private @Nullable Long to;

    @Option(
            names = "--partition",
            paramLabel = "N",
            description = "Which partition's log, with --from and --to (default: ${DEFAULT-VALUE}).")
    private int partition;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the proof goes (default: standard output).")
    private @Nullable Path out;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if ((id == null) == (from == null || to == null) || (from == null) != (to == null)) {
            throw new ParameterException(spec.commandLine(), "Give either an event's ID, or --from and --to");
        }
        if (entry != null && (id == null || !EventEntries.isName(entry))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--entry " + entry + ": takes PARTITION:INDEX, such as 0:17, and an event's ID");
        }
        VerifierKey key = options.requiredKey();
        String proof;
        try (AuditLogs logs = options.open()) {
            proof = id != null ? inclusion(logs, key, id) : consistency(logs, key, from, to);
        }
        if (out == null) {
            spec.commandLine().getOut().print(proof);
            spec.commandLine().getOut().flush();
        } else {
            Files.writeString(out, proof);
        }
        return CommandLine.ExitCode.OK;
    }

    private String inclusion(AuditLogs logs, VerifierKey key, String event) throws IOException {
        EventEntries entries = new EventEntries(logs, key, event);
        EventEntries.Entry chosen = entry == null ? entries.last() : entries.named(entry);
        if (entries.count() > 1) {
            spec.commandLine().getErr().print(entries.text(chosen));
            spec.commandLine().getErr().flush();
        }
        return chosen.proof().text();
    }

    private String consistency(AuditLogs logs, VerifierKey key, @Nullable Long older, @Nullable Long newer)
            throws IOException {
        List<LogSource> all = logs.logs();
        LogSource log = all.stream()
                .filter(candidate -> candidate.origin().endsWith("/" + partition))
                .findFirst()
                .orElseThrow(() -> new IOException("the audit trail has no log of partition " + partition));
        return new LogProver(log, key, logs.entries())
                .consistency(older == null ? 0 : older, newer == null ? 0 : newer)
                .text();
    }
}
