package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistryUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ITStream {
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    static Path directory;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(directory.resolve("kafka"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldGiveEveryRecordExactlyOneOutcomeInOrderOverAnAbruptRestart() throws Exception {
        try (StreamRig rig = new StreamRig(broker, "restart", Map.of())) {
            rig.send(2000, 50);
            KafkaStreams first = rig.start(2);
            await().atMost(LONG).until(() -> rig.explanations().size() > 300);
            first.close(Duration.ZERO);
            assertThat(rig.explanations().size() + rig.deadLetters().size())
                    .as("outcomes at the restart: work must be left")
                    .isLessThan(1900);

            rig.start(2);
            await().atMost(LONG).until(rig::isDone);

            assertThat(rig.ledger().problems()).isEmpty();
            assertThat(rig.explanations()).hasSize(1960);
            assertThat(rig.deadLetters()).hasSize(40);
            await().atMost(LONG).until(() -> !rig.hasOpenTransaction());
            assertThat(rig.meanBatch()).isGreaterThan(4);
        }
    }

    @Test
    void shouldReadAgainWhatADeviceHungOn() throws Exception {
        try (StreamRig rig = new StreamRig(broker, "device", Map.of())) {
            AtomicBoolean hangs = new AtomicBoolean();
            rig.send(400, 0);
            rig.start(2, hangs::get);
            await().atMost(LONG).until(() -> rig.explanations().size() > 50);
            hangs.set(true);
            await().atMost(LONG).until(() -> rig.replacedThreads() > 0);
            assertThat(rig.isDone()).as("work must be left").isFalse();

            hangs.set(false);
            await().atMost(LONG).until(rig::isDone);

            assertThat(rig.deadLetters()).isEmpty();
            assertThat(rig.ledger().problems()).isEmpty();
        }
    }

    @Test
    void shouldGoOnWhenTheBrokerIsBack() throws Exception {
        try (StreamRig rig = new StreamRig(broker, "broker", Map.of())) {
            rig.send(800, 50);
            rig.start(2);
            await().atMost(LONG).until(() -> rig.explanations().size() > 100);
            assertThat(rig.isDone()).as("work must be left").isFalse();
            broker.pause();
            broker.resume();
            await().atMost(LONG).ignoreExceptions().until(rig::isDone);

            assertThat(rig.deadLetters()).hasSize(16);
            assertThat(rig.ledger().problems()).isEmpty();
            await().atMost(LONG).until(() -> !rig.hasOpenTransaction());
        }
    }

    @Test
    void shouldWaitForARegistryThatGoesAwayMidway() throws Exception {
        try (StreamRig rig = new StreamRig(broker, "registry", Map.of())) {
            AtomicBoolean away = new AtomicBoolean();
            rig.send(400, 0);
            rig.start(1, deserializer -> (topic, bytes) -> {
                if (away.get()) {
                    throw new RegistryUnavailableException("away", null);
                }
                return deserializer.deserialize(topic, bytes);
            });
            await().atMost(LONG).until(() -> rig.explanations().size() > 50);
            away.set(true);
            await().atMost(LONG).until(() -> rig.replacedThreads() > 0);
            assertThat(rig.isDone()).as("work must be left").isFalse();

            away.set(false);
            await().atMost(LONG).until(rig::isDone);

            assertThat(rig.deadLetters()).isEmpty();
            assertThat(rig.ledger().problems()).isEmpty();
        }
    }
}
