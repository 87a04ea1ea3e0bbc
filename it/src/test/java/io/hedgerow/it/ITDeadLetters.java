package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.Explanation;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code hedgerow dead-letters}, when a model that events name is added too late. */
@DisabledOnOs(OS.WINDOWS)
class ITDeadLetters {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final int EVENTS = 2000;
    private static final int PARTITIONS = 2;

    @TempDir
    private Path folder;

    @Test
    void shouldExplainDeadLettersOnceTheirCauseIsMended() throws Exception {
        Topics topics = Topics.DEFAULT;
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = new HttpRegistry();
                RegistrySerde<Explanation> serde =
                        RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", registry.url()));
                Account account = new Account(broker.bootstrapServers(), "late", topics, serde.deserializer())) {
            for (String topic : List.of(topics.input(), topics.explanations(), topics.deadLetters())) {
                broker.createTopic(topic, PARTITIONS, Map.of());
            }
            // Few letters in a transaction, so that a replay can be killed between two.
            String mended = Instance.config(
                    "late",
                    "it",
                    broker.bootstrapServers(),
                    registry.url(),
                    Instance.topics(topics) + "kafka.consumer.max.poll.records: 20");
            try (TinyEvents events =
                            new TinyEvents(broker.bootstrapServers(), registry.url(), topics.input(), PARTITIONS);
                    Instance early = Instance.start(folder, mended.replace("- name: tiny", "- name: other"))) {
                events.send(EVENTS);
                account.requireComplete();
                early.terminate();
                assertThat(early.result().code()).isEqualTo(143);
            }
            assertThat(account.deadLetters()).hasSize(EVENTS);

            list(mended);
            assertThat(done(mended, "replay", "--dry-run")).contains("would be replayed  " + EVENTS + "\n");
            assertThat(account.input()).hasSize(EVENTS);
            killInTheMiddle(mended, account);
            assertThat(done(mended, "replay")).contains("replayed before ", "can't be replayed  0\n");
            assertThat(done(mended, "replay"))
                    .contains("replayed           0\n", "replayed before    " + EVENTS + "\n");

            requireEachReplayedOnce(account);
            try (Instance late = Instance.start(folder, mended)) {
                account.requireComplete();
                assertThat(late.isAlive()).isTrue();
            }
            assertThat(account.explanations()).hasSize(EVENTS);
            assertThat(account.deadLetters()).hasSize(EVENTS);
        }
    }

    private void list(String config) throws Exception {
        List<String> table = done(config, "list", "--to", "20").lines().toList();
        assertThat(table.get(0)).matches(" *partition +offset +event +reason +replayed +key +message");
        assertThat(table.get(1)).contains("unknown_model", "no ", "key-");
        int column = table.get(0).indexOf("reason");
        assertThat(table.subList(1, table.size() - 2))
                .allSatisfy(row -> assertThat(row.substring(column)).startsWith("unknown_model "));

        List<JsonNode> letters = new ArrayList<>();
        for (String line : done(config, "list", "--json").lines().toList()) {
            letters.add(new ObjectMapper().readTree(line));
        }
        assertThat(letters).hasSize(EVENTS).allSatisfy(letter -> {
            assertThat(letter.get("reason").asText()).isEqualTo("unknown_model");
            assertThat(letter.get("event_topic").asText()).isEqualTo("prediction-events");
            assertThat(letter.get("event_partition").asInt())
                    .isEqualTo(letter.get("partition").asInt());
        });
        assertThat(done(config, "list", "--reason", "bad_image,malformed")).isEqualTo("0 dead letters\n");
    }

    private void killInTheMiddle(String config, Account account) throws Exception {
        Launcher replay = Launcher.start(folder, Launcher.COMMAND, Map.of(), arguments(config, "replay"));
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !replay.process().isAlive() || account.input().size() > EVENTS);
        replay.process().destroyForcibly().waitFor();
        assertThat(account.input().size())
                .as("events after the kill: some replayed, some left")
                .isGreaterThan(EVENTS)
                .isLessThan(2 * EVENTS);
    }

    private static void requireEachReplayedOnce(Account account) {
        List<ConsumerRecord<byte[], byte[]>> input = account.input();
        Map<String, ConsumerRecord<byte[], byte[]>> events = new HashMap<>();
        List<ConsumerRecord<byte[], byte[]>> replayed = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : input) {
            if (record.headers().lastHeader("hedgerow.replay.offset") == null) {
                events.put(record.partition() + "@" + record.offset(), record);
            } else {
                replayed.add(record);
            }
        }
        assertThat(replayed).hasSize(EVENTS);
        for (ConsumerRecord<byte[], byte[]> record : replayed) {
            String position = Account.header(record, "hedgerow.replay.partition") + "@"
                    + Account.header(record, "hedgerow.replay.offset");
            ConsumerRecord<byte[], byte[]> event = events.remove(position);
            assertThat(event).as("the event at %s, replayed once", position).isNotNull();
            assertThat(record.partition()).isEqualTo(event.partition());
            assertThat(record.key()).isEqualTo(event.key());
            assertThat(record.value()).isEqualTo(event.value());
        }
        assertThat(events).isEmpty();
    }

    private String done(String config, String... command) throws Exception {
        Launcher.Result result = Launcher.run(folder, Launcher.COMMAND, Map.of(), arguments(config, command));
        assertThat(result.code()).as(result.err()).isZero();
        // what a slow broker makes it say
        assertThat(result.err().lines().filter(line -> !line.contains("Waiting for the Kafka cluster")))
                .isEmpty();
        return result.out();
    }

    private String[] arguments(String config, String... command) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "hedgerow", ".yaml"), config);
        List<String> arguments = new ArrayList<>(List.of("dead-letters"));
        arguments.addAll(List.of(command));
        arguments.addAll(List.of("--config", file.toString()));
        return arguments.toArray(String[]::new);
    }
}
