package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.Explanation;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process of {@code hedgerow run} whose broker or registry is away for a while, both in processes or on ports of their
 * own. {@code -Dhedgerow.it.outage} is how many seconds the registry is away at least.
 */
@DisabledOnOs(OS.WINDOWS)
class ITOutage {
    private static final Duration LONG = Duration.ofMinutes(4);
    /** Longer than the instance waits for a registry before its task begins again. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("hedgerow.it.outage", 5));

    private static final int PARTITIONS = 4;
    private static final String SETTINGS =
            """
            timeouts.registry: 1s
            registry.http.connect.timeout.ms: 1000
            registry.http.read.timeout.ms: 1000
            kafka.producer.transaction.timeout.ms: 60000
            """;

    @TempDir
    private static Path folder;

    private static BrokerProcess broker;
    private static HttpRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        broker = new BrokerProcess(folder.resolve("kafka"));
        registry = new HttpRegistry();
    }

    @AfterAll
    static void stop() throws Exception {
        registry.close();
        broker.close();
    }

    @Test
    @EnabledIfSystemProperty(
            named = "hedgerow.it.only-broker",
            matches = "true",
            disabledReason =
                    "Kafka 4.3.1 can lose the end of a transaction when its only broker restarts (KAFKA-20734)")
    void shouldGoOnWhenAKilledBrokerIsBack() throws Exception {
        Topics topics = topics("broker");
        try (TinyEvents events = events(topics);
                RegistrySerde<Explanation> serde = serde();
                Account account = new Account(broker.bootstrapServers(), "broker", topics, serde.deserializer());
                Instance instance = instance("broker", topics)) {
            instance.awaitReady();
            events.send(1500);
            await().atMost(LONG).until(() -> account.outcomes() > 0);
            broker.kill();
            broker.restart();
            int before = account.outcomes();
            assertThat(before).as("outcomes at the kill: work must be left").isLessThan(1500);

            account.requireComplete();
            assertThat(account.deadLetters()).isEmpty();
            assertThat(instance.isAlive()).as(instance.log()).isTrue();
        }
    }

    @Test
    void shouldWaitForARegistryThatIsNotThereAtTheStart() throws Exception {
        Topics topics = topics("absent");
        try (TinyEvents events = events(topics);
                RegistrySerde<Explanation> serde = serde();
                Account account = new Account(broker.bootstrapServers(), "absent", topics, serde.deserializer())) {
            events.send(100);
            registry.pause();
            try (Instance instance = instance("absent", topics)) {
                await().atMost(LONG).until(() -> instance.log().contains("Waiting for the schema registry"));
                await().atMost(LONG).pollDelay(OUTAGE).until(() -> true);
                assertThat(instance.isAlive()).as(instance.log()).isTrue();
                registry.resume();

                account.requireComplete();
                assertThat(account.deadLetters()).isEmpty();
            }
        }
    }

    @Test
    void shouldWaitForARegistryThatGoesAway() throws Exception {
        Topics topics = topics("away");
        try (TinyEvents events = events(topics);
                RegistrySerde<Explanation> serde = serde();
                Account account = new Account(broker.bootstrapServers(), "away", topics, serde.deserializer());
                Instance instance = instance("away", topics)) {
            events.send(100);
            await().atMost(LONG).until(() -> account.outcomes() == 100);
            // Known schemas need no registry.
            Map<Integer, Integer> changed = new ConcurrentHashMap<>();
            events.useSchema(id -> changed.computeIfAbsent(id, registry::again));
            registry.pause();
            events.send(300);
            await().atMost(LONG).until(() -> instance.log().contains("Replacing stream thread"));
            await().atMost(LONG).pollDelay(OUTAGE).until(() -> true);
            assertThat(account.outcomes()).as("outcomes: work must be left").isEqualTo(100);
            registry.resume();

            account.requireComplete();
            assertThat(account.deadLetters()).isEmpty();
            assertThat(account.explanations()).hasSize(400);
        }
    }

    private static Topics topics(String name) throws Exception {
        Topics topics = new Topics(name + "-events", name + "-explanations", name + "-dlq");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(topics.input(), PARTITIONS, (short) 1),
                            new NewTopic(topics.explanations(), PARTITIONS, (short) 1),
                            new NewTopic(topics.deadLetters(), PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        return topics;
    }

    private static TinyEvents events(Topics topics) throws Exception {
        return new TinyEvents(broker.bootstrapServers(), registry.url(), topics.input(), PARTITIONS);
    }

    private static RegistrySerde<Explanation> serde() {
        return RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", registry.url()));
    }

    private static Instance instance(String name, Topics topics) throws Exception {
        return Instance.start(
                folder,
                Instance.config(
                        name, name, broker.bootstrapServers(), registry.url(), Instance.topics(topics) + SETTINGS));
    }
}
