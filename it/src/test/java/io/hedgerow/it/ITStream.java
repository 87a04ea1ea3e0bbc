package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.device.DeviceMemoryException;
import io.hedgerow.models.ForwardingModel;
import io.hedgerow.service.HedgerowService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class ITStream {
    /** Of the registry's ids the first: events are written before anything else. */
    private static final int EVENTS_SCHEMA = 1;

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
        try (StreamRig rig = new StreamRig(broker, "restart", Map.of("timeouts.shutdown", "0s"))) {
            rig.send(2000, 50);
            HedgerowService first = rig.start(2);
            await().atMost(LONG).until(() -> rig.account.explanations().size() > 300);
            first.close();
            assertThat(rig.account.outcomes())
                    .as("outcomes at the restart: work must be left")
                    .isLessThan(1900);

            rig.start(2);

            rig.account.requireComplete();
            assertThat(rig.account.explanations()).hasSize(1960);
            assertThat(rig.meanBatch()).isGreaterThan(4);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithEachPoisonedRecord() throws Exception {
        try (StreamRig rig = new StreamRig(broker, "poison", Map.of())) {
            rig.send(1000, 50);
            rig.start(2);

            rig.account.requireComplete();
            List<ConsumerRecord<byte[], byte[]>> deadLetters = rig.account.deadLetters();
            assertThat(deadLetters).hasSize(20);
            for (ConsumerRecord<byte[], byte[]> deadLetter : deadLetters) {
                int number = Integer.parseInt(new String(deadLetter.key(), StandardCharsets.UTF_8).replace("key-", ""));
                assertThat(Account.header(deadLetter, "hedgerow.reason"))
                        .as("reason of event %d", number)
                        .isEqualTo(StreamRig.poison(number / 50).reason);
            }
        }
    }

    @Test
    void shouldCommitWhatIsDoneWithoutWaitingForTheInterval() throws Exception {
        Map<String, String> hours =
                Map.of("kafka.commit.interval.ms", "800000", "kafka.producer.transaction.timeout.ms", "900000");
        try (StreamRig rig = new StreamRig(broker, "commit", hours)) {
            rig.start(2);
            for (int i = 1; i <= 3; i++) {
                rig.send(1, 0);
                int sent = i;
                await().atMost(LONG).until(() -> rig.account.explanations().size() == sent);
                // Commits are not asked for in quick succession.
                await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            }
            rig.account.requireComplete();
        }
    }

    @Test
    void shouldReadAgainWhatADeviceHungOn() throws Exception {
        try (StreamRig rig = new StreamRig(broker, "device", Map.of())) {
            AtomicBoolean hangs = new AtomicBoolean();
            rig.send(100, 0);
            rig.startOn(2, images -> await().forever().untilFalse(hangs));
            await().atMost(LONG).until(() -> rig.account.explanations().size() > 50);
            hangs.set(true);
            rig.send(300, 0);
            await().atMost(LONG).until(() -> rig.replacedThreads() > 0);
            assertThat(rig.account.outcomes()).as("work must be left").isLessThan(400);

            hangs.set(false);

            rig.account.requireComplete();
            assertThat(rig.account.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldHalveBatchesThatAreTooLargeForTheDevicesMemory() throws Exception {
        try (StreamRig rig = new StreamRig(broker, "memory", Map.of())) {
            List<Integer> tooLarge = new CopyOnWriteArrayList<>();
            AtomicBoolean full = new AtomicBoolean();
            rig.send(100, 0);
            rig.startOn(2, images -> {
                if (full.get() && images > 3) {
                    tooLarge.add(images);
                    throw new DeviceMemoryException("no room for " + images + " images", null);
                }
            });
            await().atMost(LONG).until(() -> rig.account.explanations().size() > 50);
            full.set(true);
            rig.send(300, 0);
            assertThat(rig.account.isDone()).as("work must be left").isFalse();

            rig.account.requireComplete();
            assertThat(rig.account.deadLetters()).isEmpty();
            assertThat(rig.replacedThreads()).isZero();
            assertThat(tooLarge)
                    .as("batches that were halved, not tried again")
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void shouldReadAgainWhatAThreadStalledOn() throws Exception {
        Map<String, String> impatient = Map.of("kafka.main.consumer.max.poll.interval.ms", "4000");
        try (StreamRig rig = new StreamRig(broker, "stall", impatient)) {
            AtomicInteger written = new AtomicInteger();
            AtomicBoolean takenOver = new AtomicBoolean();
            rig.send(800, 0);
            rig.startShowing(2, model -> new ForwardingModel(model) {
                /** Asked of by a stream thread, once for each explanation that it writes. */
                @Override
                public List<String> leftOut() {
                    if (written.incrementAndGet() == 200) {
                        await().forever().untilTrue(takenOver);
                    }
                    return super.leftOut();
                }
            });
            await().atMost(LONG).until(() -> written.get() >= 200);
            int left = 800 - rig.account.outcomes();
            assertThat(left).as("work left").isPositive();
            // Nobody but a thread that was given the stalled one's partitions can finish them.
            await().atMost(LONG).until(() -> rig.account.outcomes() == 800);
            takenOver.set(true);

            rig.account.requireComplete();
            assertThat(rig.account.deadLetters()).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "hedgerow.it.only-broker",
            matches = "true",
            disabledReason =
                    "Kafka 4.3.1 can lose the end of a transaction when its only broker restarts (KAFKA-20734)")
    void shouldGoOnWhenTheBrokerIsBack() throws Exception {
        try (StreamRig rig = new StreamRig(broker, "broker", Map.of())) {
            rig.send(800, 50);
            rig.start(2);
            await().atMost(LONG).until(() -> rig.account.explanations().size() > 100);
            assertThat(rig.account.isDone()).as("work must be left").isFalse();
            broker.pause();
            broker.resume();

            rig.account.requireComplete();
            assertThat(rig.account.deadLetters()).hasSize(16);
        }
    }

    @Test
    void shouldWaitForARegistryThatGoesAwayMidway() throws Exception {
        try (HttpRegistry registry = new HttpRegistry();
                StreamRig rig =
                        new StreamRig(broker, "registry", Map.of("registry.schema.registry.url", registry.url()))) {
            rig.send(400, 0);
            rig.start(1);
            await().atMost(LONG).until(() -> rig.account.explanations().size() > 50);
            // Whoever knows a schema need not ask for it again.
            rig.useSchema(registry.again(EVENTS_SCHEMA));
            registry.pause();
            rig.send(400, 0);
            await().atMost(LONG).until(() -> rig.replacedThreads() > 0);
            assertThat(rig.account.isDone()).as("work must be left").isFalse();

            registry.resume();

            rig.account.requireComplete();
            assertThat(rig.account.deadLetters()).isEmpty();
        }
    }
}
