package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.Explanation;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Partitions added while {@code hedgerow run} runs, with the audit trail. */
@DisabledOnOs(OS.WINDOWS)
class ITAddedPartitions {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final int EVENTS = 60;
    private static final Topics TOPICS = Topics.DEFAULT;

    @TempDir
    private Path folder;

    @Test
    void shouldSayWhatIsMissingAndGoOnWhenItIsThere() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = new HttpRegistry();
                RegistrySerde<Explanation> serde =
                        RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", registry.url()))) {
            String config = Instance.config(
                    "added",
                    "it",
                    broker.bootstrapServers(),
                    registry.url(),
                    "kafka.main.consumer.metadata.max.age.ms: 1000\nkafka.state.dir: " + folder.resolve("state"));
            hedgerow(config, "topics", "create", "--partitions", "2");
            try (Instance instance = Instance.start(folder, config)) {
                instance.awaitReady();
                explain(broker, registry, serde, 2);

                // As an operator does who knows no better.
                try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                    admin.createPartitions(Map.of(TOPICS.input(), NewPartitions.increaseTo(3)))
                            .all()
                            .get();
                }
                await().atMost(LONG).untilAsserted(() -> assertThat(
                                instance.get("/readyz").body())
                        .contains("topics: topic explanations has 2 partitions, fewer than the 3 of prediction-events")
                        .contains("`hedgerow topics add-partitions`")
                        .contains("(not ready)"));
                assertThat(instance.get("/readyz").statusCode()).isEqualTo(503);
                assertThat(instance.get("/livez").statusCode()).isEqualTo(200);

                hedgerow(config, "topics", "add-partitions");
                instance.awaitReady();
                explain(broker, registry, serde, 3);

                String before = instance.log();
                hedgerow(config, "topics", "add-partitions", "--partitions", "5");
                explain(broker, registry, serde, 5);
                instance.awaitReady();
                assertThat(hedgerow(config, "audit", "verify", "--json")).contains("\"entries\":" + 3 * EVENTS);
                assertThat(instance.log().substring(before.length()))
                        .contains(
                                "Explaining partitions 0, 1, 2, 3, 4 of prediction-events; taken over: partitions 3, 4")
                        .doesNotContain("Replacing");
            }
        }
    }

    private static void explain(
            EmbeddedKafka broker, HttpRegistry registry, RegistrySerde<Explanation> serde, int partitions)
            throws Exception {
        try (TinyEvents events = new TinyEvents(broker.bootstrapServers(), registry.url(), TOPICS.input(), partitions);
                Account account = new Account(broker.bootstrapServers(), "added", TOPICS, serde.deserializer())) {
            events.send(EVENTS);
            account.requireComplete();
        }
    }

    private String hedgerow(String config, String... command) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "hedgerow", ".yaml"), config);
        String[] line = Stream.concat(Stream.of(command), Stream.of("--config", file.toString()))
                .toArray(String[]::new);
        Launcher.Result result = Launcher.run(folder, Launcher.COMMAND, Map.of(), line);
        assertThat(result.code()).as(List.of(line) + result.err()).isZero();
        return result.out();
    }
}
