package io.hedgerow.cli.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.log.Problem;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.trail.AuditedLog;
import io.hedgerow.audit.verify.LogReport;
import io.hedgerow.audit.verify.Replays;
import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.cli.console.Table;
import io.hedgerow.config.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hedgerow audit verify}: whether everything is as it was written, and accounted for. */
@Command(
        name = "verify",
        description = {
            "Verifies the audit trail: entries against one another and the signed checkpoints, and, from topics,"
                    + " explanations against their digests and the account against the input.",
            "Exits with 1 if anything is wrong with the trail, and names it; with 3 if the trail is intact but replayed"
                    + " scores are further from logged ones than is tolerated."
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private static final int MOST_PROBLEMS = 20;
    private static final int MOST_EXAMPLES = 3;
    private static final int REPLAYS_DIFFER = 3;

    @Mixin
    private final AuditLogOptions options = new AuditLogOptions();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint that you have kept, from wherever; may be given again.")
    private List<Path> held = new ArrayList<>();

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description = "How far a replayed score may be from the logged one (default: replay.score-tolerance of the"
                    + " configuration; 0.01 with --files).")
    private @Nullable Float tolerance;

    @Option(names = "--json", description = "Print what was found as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        VerifierKey key = options.key();
        List<String> kept = new ArrayList<>();
        for (Path file : held) {
            if (key == null) {
                throw new ParameterException(spec.commandLine(), "--checkpoint needs --public-key");
            }
            kept.add(checkpoint(file, key));
        }
        long start = System.nanoTime();
        List<AuditedLog> logs;
        try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr())) {
            logs = options.verification().run(key, kept, tolerance, bar::show);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (json) {
            printJson(logs, seconds);
        } else {
            print(logs);
            if (key == null) {
                spec.commandLine()
                        .getOut()
                        .println("Checkpoints were not looked at: name the key that signs them with --public-key");
            }
        }
        long problems =
                logs.stream().mapToLong(log -> log.report().problems().size()).sum();
        if (problems > 0) {
            throw new IOException("%d problem%s found in the audit trail, listed above"
                    .formatted(problems, problems == 1 ? "" : "s"));
        }
        return replays(logs);
    }

    /** Says apart from all else how predictions compare: an intact log may say that the service's are others. */
    private int replays(List<AuditedLog> logs) {
        long compared = 0;
        long different = 0;
        boolean otherDecoder = false;
        for (AuditedLog log : logs) {
            Replays.Found replays = log.report().replays();
            compared += replays.compared();
            different += replays.different();
            otherDecoder |= replays.looksLikeAnotherDecoder();
        }
        if (different == 0) {
            return CommandLine.ExitCode.OK;
        }
        var err = spec.commandLine().getErr();
        err.println("hedgerow: the audit trail is intact, but %d of %d replayed predictions differ from the logged ones"
                .formatted(different, compared));
        if (otherDecoder) {
            err.println("Most differ a little, as where the service decodes JPEG with another decoder: in the model's"
                    + " model.yaml, input: decoder: tensorflow stands for tf.io.decode_jpeg at its defaults, accurate for"
                    + " Pillow and INTEGER_ACCURATE");
        }
        return REPLAYS_DIFFER;
    }

    private static String checkpoint(Path file, VerifierKey key) throws IOException {
        String text = TextFile.read(file);
        try {
            var unused = Checkpoint.open(text, key);
            return text;
        } catch (LogException e) {
            throw new LogException(file + ": " + e.getMessage());
        }
    }

    private void print(List<AuditedLog> logs) {
        Table table = new Table();
        table.row("log", "entries", "sealed", "unsealed", "checkpoints", "erased", "problems", "replays differ");
        for (AuditedLog log : logs) {
            LogReport report = log.report();
            table.row(
                    report.origin(),
                    report.start() == 0 ? report.entries() : report.start() + " to " + report.entries(),
                    report.sealed(),
                    report.unsealed(),
                    report.checkpoints(),
                    log.isCompared() ? log.erased() : "-",
                    report.problems().size(),
                    "%d of %d"
                            .formatted(
                                    report.replays().different(),
                                    report.replays().compared()));
        }
        var out = spec.commandLine().getOut();
        out.print(table);
        for (AuditedLog log : logs) {
            log.report().replays().examples().stream()
                    .limit(MOST_EXAMPLES)
                    .forEach(example -> out.println(
                            "%s: replay differs: %s".formatted(log.report().origin(), example)));
            List<Problem> problems = log.report().problems();
            problems.stream().limit(MOST_PROBLEMS).forEach(out::println);
            if (problems.size() > MOST_PROBLEMS) {
                out.println(
                        "%s: and %d more problems".formatted(log.report().origin(), problems.size() - MOST_PROBLEMS));
            }
        }
        out.flush();
    }

    private void printJson(List<AuditedLog> logs, double seconds) throws IOException {
        long entries = 0;
        List<Map<String, Object>> described = new ArrayList<>();
        for (AuditedLog log : logs) {
            LogReport report = log.report();
            entries += report.entries() - report.start();
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("origin", report.origin());
            line.put("start", report.start());
            line.put("entries", report.entries());
            line.put("sealed", report.sealed());
            line.put("unsealed", report.unsealed());
            line.put("checkpoints", report.checkpoints());
            line.put("statuses", report.statuses());
            if (log.isCompared()) {
                line.put("erased_explanations", log.erased());
                line.put("expired_inputs", log.expired());
                line.put("compacted_inputs", log.compacted());
                line.put("pending_inputs", log.pending());
            }
            line.put("problems", report.problems());
            line.put("replays", report.replays());
            described.add(line);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("logs", described);
        all.put("entries", entries);
        all.put("seconds", seconds);
        all.put("entries_per_second", entries / seconds);
        spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(all));
    }
}
