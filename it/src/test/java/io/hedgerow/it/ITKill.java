package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.Explanation;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} among three instances while events flow. {@code -Dhedgerow.it.kills} and {@code -Dhedgerow.it.events}
 * make it smaller or larger.
 */
@DisabledOnOs(OS.WINDOWS)
class ITKill {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final int KILLS = Integer.getInteger("hedgerow.it.kills", 10);
    private static final int EVENTS = Integer.getInteger("hedgerow.it.events", 20_000);
    private static final int INSTANCES = 3;
    private static final int PARTITIONS = 8;

    @TempDir
    private Path folder;

    @Test
    void shouldLoseAndDoubleNothingWhenProcessesAreKilled() throws Exception {
        Topics topics = Topics.DEFAULT;
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = new HttpRegistry();
                RegistrySerde<Explanation> serde =
                        RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", registry.url()));
                Account account = new Account(broker.bootstrapServers(), "kill", topics, serde.deserializer())) {
            for (String topic : List.of(topics.input(), topics.explanations(), topics.deadLetters())) {
                broker.createTopic(topic, PARTITIONS, Map.of());
            }
            Instance[] instances = new Instance[INSTANCES];
            try (TinyEvents events =
                            new TinyEvents(broker.bootstrapServers(), registry.url(), topics.input(), PARTITIONS);
                    OutcomeWatch watch = new OutcomeWatch(broker.bootstrapServers(), topics, PARTITIONS)) {
                for (int i = 0; i < INSTANCES; i++) {
                    instances[i] = start(i, broker, registry);
                }
                for (int kill = 0; kill < KILLS; kill++) {
                    int victim = kill % INSTANCES;
                    awaitWork(instances, account);
                    Set<Integer> held = account.assigned(client(victim));
                    long before = held.stream().mapToInt(watch::count).sum();
                    events.send(EVENTS / (KILLS + 1));
                    // In the middle of its work: some of it is done.
                    await().atMost(LONG)
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> held.stream().mapToInt(watch::count).sum() > before);
                    instances[victim].kill();
                    long killed = System.nanoTime();
                    List<Integer> left = held.stream()
                            .filter(partition -> watch.count(partition) < events.sentTo(partition))
                            .toList();
                    assertThat(left).as("partitions with work left").isNotEmpty();
                    int records = left.stream()
                            .mapToInt(partition -> events.sentTo(partition) - watch.count(partition))
                            .sum();
                    instances[victim] = start(victim, broker, registry);
                    report(kill, victim, left, records, awaitFirst(left, killed, watch, events));
                }
                events.send(EVENTS - events.sent());
                await().atMost(LONG).until(() -> watch.count() >= EVENTS);
                account.requireComplete();
                assertThat(account.explanations()).hasSize(EVENTS);
            } finally {
                for (Instance instance : instances) {
                    if (instance != null) {
                        instance.close();
                    }
                }
            }
        }
    }

    private Instance start(int number, EmbeddedKafka broker, HttpRegistry registry) throws Exception {
        return Instance.start(
                folder,
                Instance.config(
                        "kill",
                        "instance-" + number,
                        broker.bootstrapServers(),
                        registry.url(),
                        Instance.topics(Topics.DEFAULT)));
    }

    /** Waits until every instance is up and has partitions. */
    private static void awaitWork(Instance[] instances, Account account) throws Exception {
        for (int i = 0; i < instances.length; i++) {
            instances[i].awaitReady();
            String client = client(i);
            await().atMost(LONG).until(() -> !account.assigned(client).isEmpty());
        }
    }

    private static String client(int instance) {
        return "instance-" + instance + "-";
    }

    /** Seconds from the kill until each partition has a new outcome. What was committed before it arrives within a second. */
    private static List<Double> awaitFirst(
            List<Integer> partitions, long killed, OutcomeWatch watch, TinyEvents events) {
        long since = killed + Duration.ofSeconds(1).toNanos();
        List<Double> seconds = new ArrayList<>();
        for (int partition : partitions) {
            await().atMost(LONG)
                    .until(() -> watch.firstAfter(partition, since).isPresent()
                            || watch.count(partition) == events.sentTo(partition));
            watch.firstAfter(partition, since).ifPresent(first -> seconds.add((first - killed) / 1e9));
        }
        return seconds;
    }

    private static void report(int kill, int victim, List<Integer> partitions, int records, List<Double> seconds) {
        System.out.printf(
                "kill %2d of %d: instance %d with partitions %s and %d records left; first new outcomes after %s s%n",
                kill + 1,
                KILLS,
                victim,
                partitions,
                records,
                seconds.stream().map("%.1f"::formatted).collect(Collectors.joining(", ")));
    }
}
