package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.hedgerow.Alert;
import io.hedgerow.AlertState;
import io.hedgerow.Explanation;
import io.hedgerow.Profile;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistrySerde;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Monitoring in a process of its own that is ended by {@code kill -9}, beside one that goes undisturbed. */
@DisabledOnOs(OS.WINDOWS)
class ITMonitor {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final int KILLS = 5;
    private static final int PARTITIONS = 3;
    private static final int EVENTS = 1_800;
    private static final int CHANGED = 900;
    private static final int LATE = 60;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("HEDGEROW_OPTS", "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    @Test
    void shouldFindTheSameHoweverOftenItIsKilled() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = new HttpRegistry();
                Run calm = new Run("calm", broker, registry);
                Run killed = new Run("killed", broker, registry)) {
            Instant start = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.HOURS);
            List<Explanation> stream = LineExplanations.of(start, EVENTS, CHANGED);

            calm.start();
            calm.send(stream);
            killed.start();
            int part = EVENTS / (KILLS + 1);
            for (int kill = 0; kill < KILLS; kill++) {
                int before = killed.profiles().size();
                killed.send(stream.subList(kill * part, (kill + 1) * part));
                await().atMost(LONG).until(() -> killed.profiles().size() > before);
                killed.kill();
                killed.start();
            }
            killed.send(stream.subList(KILLS * part, EVENTS));
            Instant last = start.plus(Duration.ofMillis(100L * EVENTS)).minusSeconds(30);
            await().atMost(LONG).until(() -> calm.reached(last) && killed.reached(last));
            List<Explanation> late = LineExplanations.of(start, LATE, LATE);
            late.forEach(explanation -> explanation.setEventId("late-" + explanation.getEventId()));
            calm.send(late);
            killed.send(late.subList(0, LATE / 2));
            await().atMost(LONG).until(() -> killed.late() > 0);
            killed.kill();
            killed.start();
            killed.send(late.subList(LATE / 2, LATE));
            await().atMost(LONG).untilAsserted(() -> {
                assertThat(calm.late()).isEqualTo(LATE);
                assertThat(killed.late()).isEqualTo(LATE);
            });

            assertThat(killed.profiles()).isNotEmpty().isEqualTo(calm.profiles());
            assertThat(killed.alerts())
                    .isEqualTo(calm.alerts())
                    .anyMatch(alert -> alert.getState() == AlertState.OPENED);
            Set<String> opened = killed.alerts().stream()
                    .filter(alert -> alert.getState() == AlertState.OPENED)
                    .map(alert -> "alert_" + alert.getId() + "-" + alert.getRevision())
                    .collect(Collectors.toSet());
            await().atMost(LONG).until(() -> killed.ids().containsAll(opened));
            Set<String> known = killed.alerts().stream()
                    .map(alert -> "alert_" + alert.getId() + "-" + alert.getRevision())
                    .collect(Collectors.toSet());
            assertThat(known).containsAll(killed.ids());
            assertThat(killed.posted)
                    .as("at least once: what was under way is posted again")
                    .hasSizeLessThanOrEqualTo(new HashSet<>(killed.posted).size() + KILLS + 1);
            assertThat(calm.posted).as("where nobody is killed, once").doesNotHaveDuplicates();

            await().atMost(LONG).during(QUIET).until(killed::isQuiet);
            killed.kill();
            List<String> told = List.copyOf(killed.posted);
            killed.start();
            Alert another = killed.alerts().get(0);
            another.setId("another");
            another.setRevision(1);
            another.setState(AlertState.OPENED);
            killed.tell(another);
            await().atMost(LONG).until(() -> killed.ids().contains("alert_another-1"));
            assertThat(killed.posted.subList(told.size(), killed.posted.size()))
                    .as("what was taken before is not told again")
                    .doesNotContainAnyElementsOf(told);
        }
    }

    /** One application with topics and a receiver of its own, and its process. */
    private final class Run implements AutoCloseable {
        private final String name;
        private final EmbeddedKafka broker;
        private final RegistrySerde<Explanation> explanations;
        private final RegistrySerde<Profile> profiles;
        private final RegistrySerde<Alert> alerts;
        private final HttpServer receiver;
        private final List<String> posted = new CopyOnWriteArrayList<>();
        private final Path config;
        private Launcher process;
        private int sent;
        private int counted = -1;

        Run(String name, EmbeddedKafka broker, HttpRegistry registry) throws Exception {
            this.name = name;
            this.broker = broker;
            Map<String, String> settings = Map.of("schema.registry.url", registry.url());
            explanations = RegistrySerde.of(Explanation.class, settings);
            profiles = RegistrySerde.of(Profile.class, settings);
            alerts = RegistrySerde.of(Alert.class, settings);
            receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            receiver.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                posted.add(exchange.getRequestHeaders().getFirst("webhook-id") + " " + body.length());
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            receiver.start();
            broker.createTopic(name + "-events", PARTITIONS, Map.of());
            broker.createTopic(name + "-explanations", PARTITIONS, Map.of());
            broker.createTopic(name + "-dlq", PARTITIONS, Map.of());
            broker.createTopic(name + "-profiles", 1, Map.of("cleanup.policy", "compact,delete"));
            broker.createTopic(name + "-references", 1, Map.of("cleanup.policy", "compact"));
            broker.createTopic(name + "-alerts", 1, Map.of("cleanup.policy", "compact,delete"));
            config = Files.writeString(
                    folder.resolve(name + ".yaml"),
                    """
                    application.id: %1$s
                    kafka:
                      bootstrap.servers: %2$s
                      main.consumer.session.timeout.ms: 2000
                      main.consumer.heartbeat.interval.ms: 300
                      producer.transaction.timeout.ms: 3000
                      commit.interval.ms: 200
                    registry.schema.registry.url: %3$s
                    topics:
                      events: %1$s-events
                      explanations: %1$s-explanations
                      dead-letters: %1$s-dlq
                      profiles: %1$s-profiles
                      references: %1$s-references
                      alerts: %1$s-alerts
                    audit.enabled: false
                    monitor: {model-reference: 200, dependence: 1}
                    alerts:
                      webhooks:
                        - {url: "http://127.0.0.1:%4$d/", secret: whsec_%5$s}
                    http.port: 0
                    models:
                      - {name: surface, path: models/surface}
                    """
                            .formatted(
                                    name,
                                    broker.bootstrapServers(),
                                    registry.url(),
                                    receiver.getAddress().getPort(),
                                    "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        }

        void start() throws Exception {
            process = Launcher.start(folder, Launcher.COMMAND, ENVIRONMENT, "monitor", "--config", config.toString());
        }

        void kill() throws Exception {
            assertThat(process.process().isAlive()).as(process.err()).isTrue();
            process.process().destroyForcibly().waitFor();
        }

        /** Puts explanations into partitions in turn, as three cameras would. */
        void send(List<Explanation> stream) {
            try (KafkaProducer<String, Explanation> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    new StringSerializer(),
                    explanations.serializer())) {
                for (Explanation explanation : stream) {
                    producer.send(new ProducerRecord<>(
                            name + "-explanations",
                            sent++ % PARTITIONS,
                            explanation.getTime().toEpochMilli(),
                            null,
                            explanation));
                }
                producer.flush();
            }
        }

        /** The last one of each window and class, but for those of windows that were open. */
        Map<String, Profile> profiles() {
            Map<String, Profile> last = new TreeMap<>();
            read(name + "-profiles", profiles, last::put);
            last.values().removeIf(Profile::getProvisional);
            return last;
        }

        /** Events that came too late for detectors, and count in the profiles of all classes together. */
        long late() {
            return profiles().values().stream()
                    .filter(profile -> profile.getClassIndex() == -1)
                    .mapToLong(Profile::getLate)
                    .sum();
        }

        boolean reached(Instant time) throws Exception {
            assertThat(process.process().isAlive()).as(process.err()).isTrue();
            return profiles().values().stream()
                    .anyMatch(profile -> !profile.getWindowEnd().isBefore(time));
        }

        /** All revisions, in their order. */
        List<Alert> alerts() {
            List<Alert> all = new ArrayList<>();
            read(name + "-alerts", alerts, (key, alert) -> all.add(alert));
            return all;
        }

        Set<String> ids() {
            return posted.stream()
                    .map(one -> one.substring(0, one.indexOf(' ')))
                    .collect(Collectors.toSet());
        }

        /** Whether nothing was posted since this was asked last. */
        boolean isQuiet() {
            int before = counted;
            counted = posted.size();
            return counted == before;
        }

        /** Puts an alert beside those of the monitor, which receivers are to be told of. */
        void tell(Alert alert) {
            try (KafkaProducer<String, Alert> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    new StringSerializer(),
                    alerts.serializer())) {
                producer.send(new ProducerRecord<>(name + "-alerts", alert.getId(), alert));
            }
        }

        private <R extends SpecificRecordBase> void read(
                String topic, RegistrySerde<R> serde, BiConsumer<String, R> taken) {
            TopicPartition partition = new TopicPartition(topic, 0);
            try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                    new StringDeserializer(),
                    new ByteArrayDeserializer())) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = consumer.endOffsets(List.of(partition)).get(partition);
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(100))
                            .forEach(record -> taken.accept(
                                    record.key(), serde.deserializer().deserialize(topic, record.value())));
                }
            }
        }

        @Override
        public void close() {
            if (process != null) {
                process.process().destroyForcibly();
            }
            receiver.stop(0);
            explanations.close();
            profiles.close();
            alerts.close();
        }
    }
}
