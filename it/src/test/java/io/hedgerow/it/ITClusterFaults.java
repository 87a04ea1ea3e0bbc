package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.DemoPublisher;
import io.hedgerow.demo.DemoStream;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.lifecycle.Startables;

/** Three brokers, and what happens to them and to the processor. */
@NeedsDocker
class ITClusterFaults {
    private static final int BROKERS = 3;
    private static final int EVENTS = 900;
    /** Where sending waits for each fault, so that there is always work left for whoever takes over, however slow the machine. */
    private static final int BEFORE_RESTART = 400;

    private static final int WITHIN_RESTART = 700;
    private static final int AFTER_RESTART = 800;
    private static final double RATE = 40;
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final CountDownLatch restarting = new CountDownLatch(1);
    private final CountDownLatch restarted = new CountDownLatch(1);
    private final CountDownLatch killed = new CountDownLatch(1);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void shouldLoseAndDoubleNothingWhenProcessorsAreKilledAndABrokerRestarts() throws Exception {
        Network network = open(Network.newNetwork());
        List<BrokerContainer> brokers = new ArrayList<>();
        for (int id = 1; id <= BROKERS; id++) {
            brokers.add(open(new BrokerContainer(network, id, BROKERS)));
        }
        RegistryContainer registry = open(new RegistryContainer(network, "kafka-1:19092"));
        Startables.deepStart(brokers).join();
        registry.start();
        String bootstrap =
                brokers.stream().map(BrokerContainer::bootstrapServers).collect(Collectors.joining(","));
        hedgerow(network).run("topics", "create", "--config", "/etc/hedgerow/hedgerow.yaml", "--replication", "3");
        Account account = open(new Account(
                bootstrap,
                "cluster-faults",
                Topics.DEFAULT,
                RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", registry.url()))
                        .deserializer()));
        HedgerowContainer first = open(hedgerow(network).running());
        first.start();
        ExecutorService sender = Executors.newSingleThreadExecutor();
        opened.push(sender::shutdownNow);

        Future<Long> sent = sender.submit(() -> publish(bootstrap, registry.url()));
        await().atMost(LONG).until(() -> account.consumed() > 50);
        first.kill();
        long atTheKill = account.consumed();
        HedgerowContainer second = open(hedgerow(network).running());
        second.start();
        await().atMost(LONG).until(() -> account.consumed() > atTheKill + 50);
        restarting.countDown();
        restart(brokers.get(1));
        long atTheRestart = account.consumed();
        restarted.countDown();
        await().atMost(LONG).until(() -> account.consumed() > atTheRestart);
        second.kill();
        long atTheSecondKill = account.consumed();
        killed.countDown();
        HedgerowContainer third = open(hedgerow(network).running());
        third.start();

        assertThat(sent.get()).isEqualTo(EVENTS);
        account.requireComplete();
        assertThat(atTheKill).isLessThan(EVENTS);
        assertThat(atTheSecondKill).as("left when the second one was killed").isLessThan(EVENTS);
        assertThat(account.explanations()).hasSize(EVENTS);
    }

    private HedgerowContainer hedgerow(Network network) throws Exception {
        return new HedgerowContainer(
                network,
                folder,
                "cluster-faults",
                "kafka-1:19092,kafka-2:19092,kafka-3:19092",
                "limits.image-bytes: 900KB");
    }

    private static void restart(GenericContainer<?> container) {
        container
                .getDockerClient()
                .restartContainerCmd(container.getContainerId())
                .exec();
    }

    private long publish(String bootstrap, String registry) {
        DemoStream stream =
                new DemoStream(5, 100, new ModelRef("surface-biased", "1"), file -> List.of(), Clock.systemUTC());
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap);
        try (RegistrySerde<PredictionEvent> serde =
                        RegistrySerde.of(PredictionEvent.class, Map.of("schema.registry.url", registry));
                var producer = new KafkaProducer<>(settings, new StringSerializer(), serde.serializer())) {
            AtomicInteger sent = new AtomicInteger();
            return new DemoPublisher(producer, "prediction-events", RATE).publish(stream, EVENTS, event -> {
                switch (sent.incrementAndGet()) {
                    case BEFORE_RESTART -> waitFor(restarting);
                    case WITHIN_RESTART -> waitFor(restarted);
                    case AFTER_RESTART -> waitFor(killed);
                    default -> {}
                }
            });
        }
    }

    private static void waitFor(CountDownLatch fault) {
        try {
            fault.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.push(resource);
        return resource;
    }
}
