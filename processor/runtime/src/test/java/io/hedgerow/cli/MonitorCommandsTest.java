package io.hedgerow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hedgerow.Explanation;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.monitor.stream.Explanations;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.service.HedgerowService;
import io.hedgerow.topics.TopicException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Monitoring in a process of its own, and the commands around it, as a user types them, on a broker in this process. */
class MonitorCommandsTest {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final String REGISTRY = "mock://monitor-commands";
    private static final Instant START = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.HOURS);
    private static final int PARTITIONS = 3;

    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldFindAnswerAndLearnAnewAcrossACluster() throws Exception {
        String config = config("found");
        assertThat(run("topics", "create", "--config", config, "--partitions", String.valueOf(PARTITIONS)))
                .as(err.toString())
                .isZero();
        assertThat(run("alerts", "--config", config, "--fail-on", "info")).isZero();

        try (HedgerowService service =
                HedgerowService.monitoring(ConfigReader.read(Path.of(config), Map.of()), "test")) {
            service.start();
            explain("found", Explanations.stream(START, 1_200, 700));
            await().atMost(LONG).until(() -> {
                service.look();
                out.getBuffer().setLength(0);
                return run("alerts", "--config", config, "--fail-on", "warning") == 1
                        && out.toString().contains("class_share");
            });
        }

        String share = out.toString()
                .lines()
                .filter(line -> line.contains("class_share"))
                .findFirst()
                .orElseThrow();
        assertThat(share).contains("opened", "warning", "surface 1: stain is decided in");
        assertThat(err.toString()).contains("of severity warning or above");
        assertThat(run("alerts", "--config", config, "--fail-on", "critical"))
                .as("nothing is that bad")
                .isZero();

        String id = share.substring(0, share.indexOf(' '));
        out.getBuffer().setLength(0);
        assertThat(run("alerts", "--config", config, "--alert", id.substring(0, 8), "--verdict", "legitimate"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().strip()).isEqualTo("answered: " + id + " is legitimate");
        assertThat(run("alerts", "--config", config, "--alert", "zzz", "--verdict", "shortcut"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no alert zzz");

        out.getBuffer().setLength(0);
        assertThat(run("monitor", "reference", "--config", config, "--accept", "--class", "stain"))
                .as("no reference of stains was learned yet")
                .isIn(0, 1);
        assertThat(run("monitor", "reference", "--config", config, "--accept")).isZero();
        assertThat(out.toString()).contains("surface 1, all classes together: learned anew from the next window on");

        out.getBuffer().setLength(0);
        assertThat(run(
                        "monitor",
                        "reference",
                        "--config",
                        config,
                        "--from",
                        START.toString(),
                        "--to",
                        START.plusSeconds(60).toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("surface 1, all classes together: 600 explanations");
        assertThat(run(
                        "monitor",
                        "reference",
                        "--config",
                        config,
                        "--from",
                        START.toString(),
                        "--to",
                        START.plusSeconds(5).toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there are 50 explanations, and a reference takes 100 of a class or more");

        // what was answered is obeyed when monitoring goes on
        try (HedgerowService service =
                HedgerowService.monitoring(ConfigReader.read(Path.of(config), Map.of()), "test")) {
            service.start();
            await().atMost(LONG).until(() -> {
                out.getBuffer().setLength(0);
                run("alerts", "--config", config);
                return !out.toString().contains(id);
            });
        }
        out.getBuffer().setLength(0);
        run("alerts", "--config", config, "--all");
        assertThat(out.toString().lines().filter(line -> line.startsWith(id)))
                .singleElement()
                .asString()
                .contains("closed");
    }

    @Test
    void shouldSayWhatIsMissing() throws Exception {
        String config = config("missing");
        assertThatThrownBy(() -> HedgerowService.monitoring(ConfigReader.read(Path.of(config), Map.of()), "test"))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("topic missing-explanations does not exist");
        assertThat(run("monitor")).isEqualTo(2);
        assertThat(run("monitor", "reference", "--config", config)).isEqualTo(2);
        assertThat(run("monitor", "reference", "--config", config, "--from", "yesterday", "--to", "now"))
                .isEqualTo(2);
        assertThat(run("alerts", "--config", config, "--verdict", "shortcut")).isEqualTo(2);
        assertThat(run("alerts", "--config", config, "--fail-on", "everything")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "Missing required option: '--config=FILE'",
                        "either --from and --to, or --accept",
                        "--from yesterday: takes a time such as 2026-05-01T12:00:00Z",
                        "takes --alert ID and --verdict")
                .doesNotContain("\tat ");
    }

    private static void explain(String prefix, List<Explanation> explanations) throws Exception {
        try (RegistrySerde<Explanation> serde =
                        RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", REGISTRY));
                KafkaProducer<String, Explanation> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5),
                        new StringSerializer(),
                        serde.serializer())) {
            int index = 0;
            for (Explanation explanation : explanations) {
                producer.send(new ProducerRecord<>(
                        prefix + "-explanations",
                        index++ % PARTITIONS,
                        explanation.getTime().toEpochMilli(),
                        null,
                        explanation));
            }
            producer.flush();
        }
    }

    private static String config(String prefix) throws IOException {
        Path file = Files.createTempFile(folder, "hedgerow", ".yaml");
        return Files.writeString(
                        file,
                        """
                application.id: %3$s
                kafka:
                  bootstrap.servers: %1$s
                  state.dir: %4$s
                registry.schema.registry.url: %2$s
                topics:
                  events: %3$s-events
                  explanations: %3$s-explanations
                  dead-letters: %3$s-dlq
                  profiles: %3$s-profiles
                  references: %3$s-references
                  alerts: %3$s-alerts
                audit.enabled: false
                monitor: {model-reference: 200, dependence: 1}
                timeouts.startup: 10s
                http.port: 0
                models:
                  - {name: surface, path: models/surface}
                """
                                .formatted(broker.bootstrapServers(), REGISTRY, prefix, folder.resolve("state")))
                .toString();
    }

    private int run(String... arguments) {
        return Hedgerow.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
