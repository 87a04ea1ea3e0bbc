package io.hedgerow.cli.stream;

import io.hedgerow.config.ConfigReader;
import io.hedgerow.service.Connection;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which cluster and which registry: by their addresses, or as a configuration has them. */
final class ClusterOptions {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Brokers to begin with (default: localhost:9092).")
    private @Nullable String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The schema registry (default: http://localhost:8081).")
    private @Nullable String registry;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take both, with credentials and the topics' names, from a hedgerow.yaml.")
    private @Nullable Path config;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    Connection connection() {
        if (config != null) {
            if (bootstrap != null || registry != null) {
                throw new ParameterException(
                        command.commandLine(), "--config stands for itself: leave out --bootstrap and --registry");
            }
            return Connection.of(ConfigReader.read(config, System.getenv()));
        }
        return new Connection(
                Map.of(
                        "application.id",
                        "hedgerow",
                        "bootstrap.servers",
                        bootstrap == null ? "localhost:9092" : bootstrap),
                Map.of("schema.registry.url", registry == null ? "http://localhost:8081" : registry),
                Topics.DEFAULT,
                MonitorTopics.DEFAULT,
                TIMEOUT);
    }
}
