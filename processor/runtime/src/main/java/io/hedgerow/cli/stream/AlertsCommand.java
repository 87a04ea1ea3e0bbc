package io.hedgerow.cli.stream;

import io.hedgerow.Alert;
import io.hedgerow.AlertState;
import io.hedgerow.Severity;
import io.hedgerow.VerdictKind;
import io.hedgerow.monitor.answer.Answers;
import io.hedgerow.service.Connection;
import io.hedgerow.service.RegistryWait;
import io.hedgerow.service.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

/** {@code hedgerow alerts}: what monitoring has found, and a person's answer to it. */
@Command(
        name = "alerts",
        description =
                "Lists the alerts that are open, follows them, or answers one. With --fail-on it fails if there are any,"
                        + " for pipelines.")
public final class AlertsCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** The least that matters. */
    enum Level {
        info,
        warning,
        critical
    }

    /** As records have it; those may not be touched before the log is set up, and picocli looks at every option's type. */
    enum Answer {
        shortcut,
        legitimate
    }

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--all", description = "Closed ones too.")
    private boolean all;

    @Option(names = "--follow", description = "Go on, with each revision as it is committed.")
    private boolean follow;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write the pictures of what is listed into this folder; made if need be.")
    private @Nullable Path out;

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            description = "Fail if an alert of this severity or above is open: info, warning or critical.")
    private @Nullable Level failOn;

    @Option(names = "--alert", paramLabel = "ID", description = "The alert to answer: the beginning of its id will do.")
    private @Nullable String alertId;

    @Option(
            names = "--verdict",
            paramLabel = "ANSWER",
            description =
                    "Answer --alert: shortcut (the model should not look there), or legitimate (it may: what is new is"
                            + " what is well from now on).")
    private @Nullable Answer verdict;

    @Option(names = "--by", paramLabel = "WHO", description = "Who answers (default: the user).")
    private String by = System.getProperty("user.name", "");

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for those who ask later.")
    private String note = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((alertId == null) != (verdict == null)) {
            throw new ParameterException(
                    spec.commandLine(), "To answer an alert takes --alert ID and --verdict shortcut or legitimate");
        }
        Connection connection = cluster.connection();
        RegistryWait.until(connection.registry(), connection.timeout());
        try (Stop stop = new Stop(GRACE);
                MonitorTopicLogs logs = new MonitorTopicLogs(connection)) {
            stop.arm();
            Map<String, Alert> latest = new LinkedHashMap<>();
            logs.alerts().forEach(alert -> latest.put(alert.getId(), alert));
            if (alertId != null && verdict != null) {
                answer(logs, latest, alertId, verdict);
                return CommandLine.ExitCode.OK;
            }
            for (Alert alert : latest.values()) {
                if (all || isOpen(alert)) {
                    show(alert);
                }
            }
            while (follow && !stop.await(LOOK)) {
                for (Alert alert : logs.alerts()) {
                    latest.put(alert.getId(), alert);
                    show(alert);
                }
            }
            return judge(latest);
        }
    }

    private int judge(Map<String, Alert> latest) throws IOException {
        Level least = failOn;
        if (least == null) {
            return CommandLine.ExitCode.OK;
        }
        long open = latest.values().stream()
                .filter(AlertsCommand::isOpen)
                .filter(alert -> level(alert.getSeverity()).compareTo(least) >= 0)
                .count();
        if (open > 0) {
            throw new IOException(
                    "%d alert%s of severity %s or above open".formatted(open, open == 1 ? " is" : "s are", least));
        }
        return CommandLine.ExitCode.OK;
    }

    private void show(Alert alert) throws IOException {
        spec.commandLine()
                .getOut()
                .println("%s  %-7s  %-8s  %-12s  %s  %s: %s"
                        .formatted(
                                alert.getId(),
                                lower(alert.getState()),
                                lower(alert.getSeverity()),
                                lower(alert.getKind()),
                                alert.getOpenedAt().truncatedTo(ChronoUnit.SECONDS),
                                (alert.getModel().getName() + " "
                                                + alert.getModel().getVersion())
                                        .strip(),
                                alert.getMessage()));
        Path folder = out;
        if (folder != null) {
            Files.createDirectories(folder);
            // The id is made of hexadecimal digits by whoever wrote it; never trust that with a path.
            String name = alert.getId().replaceAll("[^0-9A-Za-z]", "_") + "-" + alert.getRevision();
            AlertPictures.write(alert, folder, name);
        }
    }

    private void answer(MonitorTopicLogs logs, Map<String, Alert> latest, String id, Answer answer)
            throws IOException, InterruptedException {
        List<Alert> meant = latest.values().stream()
                .filter(alert -> alert.getId().startsWith(id))
                .toList();
        if (meant.size() != 1) {
            throw new IOException(
                    meant.isEmpty()
                            ? "there is no alert %s; `hedgerow alerts --all` lists them".formatted(id)
                            : "%d alerts begin with %s; give more of the id".formatted(meant.size(), id));
        }
        Alert alert = meant.get(0);
        VerdictKind kind = answer == Answer.shortcut ? VerdictKind.SHORTCUT : VerdictKind.LEGITIMATE;
        logs.write(List.of(Answers.verdict(alert, kind, by, note, Instant.now())));
        spec.commandLine().getOut().println("answered: %s is %s".formatted(alert.getId(), lower(kind)));
    }

    private static boolean isOpen(Alert alert) {
        return alert.getState() != AlertState.CLOSED;
    }

    private static Level level(Severity severity) {
        return switch (severity) {
            case CRITICAL -> Level.critical;
            case WARNING -> Level.warning;
            default -> Level.info;
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
