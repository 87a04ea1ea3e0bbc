package io.hedgerow.cli.audit;

import io.hedgerow.audit.export.LogExport;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.trail.TopicAuditLogs;
import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.cli.console.Table;
import io.hedgerow.service.AuditConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hedgerow audit export}: logs of a period as files. */
@Command(name = "export", description = "Writes the audit trail of a period to files, which can be read and verified.")
final class AuditExportCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, hedgerow.yaml.")
    private Path config = Path.of("");

    @Mixin
    private final PublicKeyOption publicKey = new PublicKeyOption();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the files go; new or empty.")
    private Path out = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "jsonl|parquet",
            description = "JSON Lines, which `audit verify` reads, or Parquet (default: jsonl).")
    private LogExport.Format format = LogExport.Format.JSONL;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Entries from this day or time on, UTC, such as 2026-08-02 (default: all).")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME", description = "Entries before this day or time, UTC (default: all).")
    private String to = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        LogExport.Period period =
                new LogExport.Period(time("--from", from, Instant.MIN), time("--to", to, Instant.MAX));
        if (Files.exists(out)) {
            try (var files = Files.list(out)) {
                if (files.findAny().isPresent()) {
                    throw new IOException(out + " is not empty: name a folder that is, or a new one");
                }
            }
        }
        VerifierKey key = publicKey.key();
        ProgressBar progress = new ProgressBar(spec.commandLine().getErr());
        Table table = new Table();
        table.row("log", "file", "entries");
        try (TopicAuditLogs logs = AuditConnection.of(config).logs()) {
            LogExport export = new LogExport(out, format, key, logs.entries(), id -> logs.entries()
                    .schema(id)
                    .toString());
            int number = 0;
            for (LogSource log : logs.logs()) {
                progress.show(number, logs.logs().size(), log.origin());
                String file = "log-%d%s".formatted(number++, format.extension());
                table.row(log.origin(), file, export.add(log, file, period, count -> {}));
            }
            export.finish();
        } finally {
            progress.end();
        }
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private Instant time(String option, String text, Instant fallback) {
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(), option + " " + text + ": takes 2026-08-02 or 2026-08-02T10:00:00Z", e);
        }
    }
}
