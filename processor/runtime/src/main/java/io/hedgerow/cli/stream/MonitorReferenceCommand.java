package io.hedgerow.cli.stream;

import io.hedgerow.LearnedReference;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.monitor.answer.Answers;
import io.hedgerow.monitor.stream.MonitorInputs;
import io.hedgerow.monitor.stream.SpanReference;
import io.hedgerow.service.Connection;
import io.hedgerow.service.RegistryWait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hedgerow monitor reference}: what monitoring compares with, replaced. */
@Command(
        name = "reference",
        description =
                "Replaces the references that monitoring compares with: by what was explained between two times, or, with"
                        + " --accept, by what comes from now on.")
final class MonitorReferenceCommand implements Callable<Integer> {
    private static final String TIME = "such as 2026-05-01T12:00:00Z.";

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, hedgerow.yaml.")
    private Path file = Path.of("");

    @Option(names = "--from", paramLabel = "TIME", description = "Event time of the first explanation, " + TIME)
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Event time that the last one is before, " + TIME)
    private @Nullable String to;

    @Option(names = "--accept", description = "Take what comes from now on for what is well, and learn it.")
    private boolean accept;

    @Option(names = "--model", paramLabel = "NAME", description = "Of this model only (default: of all).")
    private String model = "";

    @Option(names = "--class", paramLabel = "LABEL", description = "With --accept: of this class only.")
    private @Nullable String label;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (accept == (from != null || to != null) || (from == null) != (to == null)) {
            throw new ParameterException(
                    spec.commandLine(), "Which reference is missing: either --from and --to, or --accept");
        }
        HedgerowConfig config = ConfigReader.read(file, System.getenv());
        Connection connection = Connection.of(config);
        RegistryWait.until(connection.registry(), connection.timeout());
        try (MonitorTopicLogs logs = new MonitorTopicLogs(connection)) {
            List<ReferenceEntry> entries = accept ? requests(logs) : references(config, logs);
            logs.write(entries);
            for (ReferenceEntry entry : entries) {
                spec.commandLine().getOut().println(describe(entry));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private List<ReferenceEntry> references(HedgerowConfig config, MonitorTopicLogs logs) throws IOException {
        Instant first = time("--from", from);
        Instant last = time("--to", to);
        if (!first.isBefore(last)) {
            throw new ParameterException(spec.commandLine(), "--from must be before --to");
        }
        SpanReference span = new SpanReference(
                MonitorInputs.of(config.topics(), logs.topics()), config.monitor(), logs.serdes(), first, last);
        for (String topic : span.topics()) {
            logs.read(topic, record -> span.add(topic, record.value(), record.timestamp()));
        }
        List<ReferenceEntry> entries = span.entries(model);
        if (entries.isEmpty()) {
            throw new IOException(
                    "from %s to %s there are %d explanations%s, and a reference takes 100 of a class or more"
                            .formatted(
                                    first,
                                    last,
                                    span.events(),
                                    model.isEmpty() ? "" : ", not enough of model " + model));
        }
        return entries;
    }

    private List<ReferenceEntry> requests(MonitorTopicLogs logs) throws IOException {
        String id = UUID.randomUUID().toString();
        List<ReferenceEntry> requests = logs.references().values().stream()
                .filter(entry -> entry.getBody() instanceof LearnedReference)
                .filter(entry -> model.isEmpty() || entry.getModel().getName().equals(model))
                .filter(entry -> label == null || entry.getLabel().equals(label))
                .map(entry -> Answers.request(
                        entry.getModel(),
                        entry.getMethod(),
                        entry.getClassIndex(),
                        entry.getLabel(),
                        id,
                        System.getProperty("user.name", ""),
                        Instant.now()))
                .toList();
        if (requests.isEmpty()) {
            throw new IOException("there is no such reference to be replaced in topic "
                    + logs.topics().references() + ": what comes first is learned by itself");
        }
        return requests;
    }

    private Instant time(String option, @Nullable String text) {
        try {
            return Instant.parse(Objects.requireNonNull(text));
        } catch (DateTimeParseException e) {
            throw new ParameterException(spec.commandLine(), option + " " + text + ": takes a time " + TIME, e);
        }
    }

    private static String describe(ReferenceEntry entry) {
        String whom = entry.getModel().getName() + " " + entry.getModel().getVersion() + ", "
                + (entry.getClassIndex() == -1
                        ? "all classes together"
                        : entry.getLabel().isEmpty() ? "class " + entry.getClassIndex() : entry.getLabel());
        return entry.getBody() instanceof LearnedReference learned
                ? "%s: %d explanations; %s".formatted(whom, learned.getEvents(), learned.getCovers())
                : whom + ": learned anew from the next window on";
    }
}
