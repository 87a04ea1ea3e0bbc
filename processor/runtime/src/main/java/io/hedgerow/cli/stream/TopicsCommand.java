package io.hedgerow.cli.stream;

import io.hedgerow.cli.console.Counts;
import io.hedgerow.cli.console.Table;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.config.Units;
import io.hedgerow.service.Connection;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.TopicAdmin;
import io.hedgerow.topics.TopicPlan;
import io.hedgerow.topics.TopicStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hedgerow topics}: the topics of a configuration, created or looked at. */
@Command(
        name = "topics",
        synopsisSubcommandLabel = "create|check|add-partitions",
        description =
                "Creates the topics that a configuration names, says how they differ from what is needed, or gives"
                        + " them more partitions.")
public final class TopicsCommand implements Runnable {
    private static final int PARTITIONS = 4;
    private static final String CONFIG = "The configuration, hedgerow.yaml.";
    private static final String LEAST_PARTITIONS =
            "Partitions of each topic, at least (default: as many as the events' topic has, else 4).";
    private static final String RETENTION =
            "How long records are kept, at least, such as 12h or 7d (default: ${DEFAULT-VALUE}).";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Without a command. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "What to do with topics is missing: create, check or add-partitions");
    }

    @Command(name = "create", description = "Creates the topics that are missing; those that exist stay as they are.")
    int create(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path file,
            @Option(names = "--partitions", paramLabel = "N", description = LEAST_PARTITIONS) @Nullable
                    Integer partitions,
            @Option(names = "--retention", paramLabel = "TIME", defaultValue = "7d", description = RETENTION)
                    String retention,
            @Option(
                            names = "--replication",
                            paramLabel = "N",
                            description = "Copies of each partition (default: the cluster's).")
                    @Nullable
                    Short replication)
            throws IOException {
        HedgerowConfig config = ConfigReader.read(file, System.getenv());
        require("--replication", replication);
        try (TopicAdmin admin = admin(config)) {
            return report(admin.create(plan(config, admin, partitions, retention), Optional.ofNullable(replication)));
        }
    }

    @Command(name = "check", description = "Says which topics are missing, and how others differ from what is needed.")
    int check(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path file,
            @Option(names = "--partitions", paramLabel = "N", description = LEAST_PARTITIONS) @Nullable
                    Integer partitions,
            @Option(names = "--retention", paramLabel = "TIME", defaultValue = "7d", description = RETENTION)
                    String retention)
            throws IOException {
        HedgerowConfig config = ConfigReader.read(file, System.getenv());
        try (TopicAdmin admin = admin(config)) {
            return report(admin.check(plan(config, admin, partitions, retention)));
        }
    }

    @Command(
            name = "add-partitions",
            description =
                    "Gives all topics more partitions, in the order that running instances go on through: the input"
                            + " last.")
    int addPartitions(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path file,
            @Option(
                            names = "--partitions",
                            paramLabel = "N",
                            description =
                                    "Partitions that the events' topic is to have (default: as many as it has; then"
                                            + " the others get as many).")
                    @Nullable
                    Integer partitions)
            throws IOException {
        HedgerowConfig config = ConfigReader.read(file, System.getenv());
        require("--partitions", partitions);
        try (TopicAdmin admin = admin(config)) {
            return report(admin.addPartitions(
                    Connection.of(config).topics(), config.applicationId(), partitions == null ? 0 : partitions));
        }
    }

    private TopicPlan plan(HedgerowConfig config, TopicAdmin admin, @Nullable Integer partitions, String retention) {
        require("--partitions", partitions);
        Duration kept;
        try {
            kept = Units.duration(retention);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ParameterException(
                    spec.commandLine(), "--retention " + retention + ": takes a time such as 12h or 7d", e);
        }
        Connection connection = Connection.of(config);
        TopicPlan plan = TopicPlan.of(
                connection.topics(),
                partitions != null
                        ? partitions
                        : admin.partitions(config.topics().input()).orElse(PARTITIONS),
                kept,
                config.images().bytes(),
                config.records().explanation(),
                admin.recordBytes(config.topics().input()).orElse(0));
        MonitorTopics monitor = connection.monitor();
        return monitor == null ? plan : plan.with(monitor, kept);
    }

    private void require(String option, @Nullable Number value) {
        if (value != null) {
            Counts.require(spec, option, value.longValue());
        }
    }

    private static TopicAdmin admin(HedgerowConfig config) {
        return new TopicAdmin(Connection.of(config).kafka(), config.startup());
    }

    private int report(List<TopicStatus> topics) throws IOException {
        Table table = new Table();
        for (TopicStatus topic : topics) {
            table.row(
                    topic.topic(),
                    topic.differences().isEmpty() ? topic.outcome() : String.join("; ", topic.differences()));
        }
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
        String wrong = topics.stream()
                .filter(topic -> !topic.differences().isEmpty())
                .map(TopicStatus::topic)
                .collect(Collectors.joining(", "));
        if (!wrong.isEmpty()) {
            throw new IOException("not as needed: " + wrong + "; what differs is listed above");
        }
        return CommandLine.ExitCode.OK;
    }
}
