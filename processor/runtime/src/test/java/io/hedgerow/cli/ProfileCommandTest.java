package io.hedgerow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.Explanation;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceState;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.demo.DemoDataWriter;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.demo.surface.StickerPolicy;
import io.hedgerow.demo.surface.SurfaceGenerator;
import io.hedgerow.monitor.stream.Explanations;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.service.HedgerowService;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {
    @TempDir
    private static Path folder;

    private static final String REGISTRY = "mock://profile";
    private static final int PICTURES = 120;

    private static Path config;

    @BeforeAll
    static void configure() throws IOException {
        config = configure("hedgerow.yaml", "localhost:9092");
    }

    private static Path configure(String name, String servers) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                """
                kafka:
                  bootstrap.servers: %s
                  state.dir: %s
                registry:
                  schema.registry.url: %s
                audit.enabled: false
                timeouts.startup: 10s
                http.port: 0
                models:
                  - name: surface
                    path: %s
                """
                        .formatted(
                                servers,
                                folder.resolve("state"),
                                REGISTRY,
                                BundledModel.SURFACE_BIASED.unpack(folder)));
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSayWhatAFolderShowsAndWriteItForViRelAy() throws Exception {
        Path data = folder.resolve("parts");
        new DemoDataWriter(new SurfaceGenerator(4), StickerPolicy.BIASED).write(data, 240, done -> {});
        Files.writeString(data.resolve("images/broken.jpg"), "no picture");
        Path project = folder.resolve("project");

        int code = run(data.resolve("images").toString(), "--out", project.toString());

        assertThat(code).as("a picture is broken").isEqualTo(1);
        assertThat(err.toString()).contains("broken.jpg: ").doesNotContain("\tat ");
        assertThat(out.toString()).contains("all classes together: 240 maps").contains("stain: spectral gap");
        assertThat(project.resolve("project.yaml")).exists();
        assertThat(project.resolve("analysis.h5")).exists();
    }

    @Test
    void shouldMakeAFolderWhatMonitoringComparesWith() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Path running = configure("running.yaml", broker.bootstrapServers());
            Path data = folder.resolve("reference");
            new DemoDataWriter(new SurfaceGenerator(5), StickerPolicy.BIASED).write(data, PICTURES, done -> {});
            String pictures = data.resolve("images").toString();
            assertThat(hedgerow("profile", "--config", running.toString(), pictures, "--reference"))
                    .as("before anybody has made the topics")
                    .isEqualTo(1);
            assertThat(err.toString()).contains("explanations-references").doesNotContain("\tat ");
            assertThat(out.toString()).as("it says so before it explains").isEmpty();
            assertThat(hedgerow("topics", "create", "--config", running.toString()))
                    .as(err.toString())
                    .isZero();
            await().until(() -> hedgerow("monitor", "reference", "--config", running.toString(), "--accept") == 0
                    || !err.toString().endsWith("does not exist\n"));
            out.getBuffer().setLength(0);

            int code = hedgerow("profile", "--config", running.toString(), pictures, "--reference");

            assertThat(code).as(err.toString()).isZero();
            assertThat(out.toString())
                    .contains("all classes together: " + PICTURES + " maps")
                    .contains("Monitoring compares with that, by topic explanations-references");
            ReferenceEntry whole = read(broker, "explanations-references", ReferenceEntry.class).stream()
                    .filter(entry -> entry.getClassIndex() == -1)
                    .findFirst()
                    .orElseThrow();
            Instant start = Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.HOURS);
            List<Explanation> stream = Explanations.stream(start, 300, 300);
            stream.forEach(explanation -> {
                explanation.setModel(whole.getModel());
                explanation.setMethod(whole.getMethod());
            });
            try (HedgerowService monitor = HedgerowService.monitoring(ConfigReader.read(running, Map.of()), "test")) {
                monitor.start();
                write(broker, "explanations", Explanation.class, stream);
                await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
                    monitor.look();
                    assertThat(read(broker, "explanations-profiles", Profile.class))
                            .filteredOn(profile -> profile.getClassIndex() == -1)
                            .isNotEmpty();
                });
                assertThat(read(broker, "explanations-profiles", Profile.class).stream()
                                .filter(profile -> profile.getClassIndex() == -1)
                                .map(Profile::getReference))
                        .as("nothing is learned any more")
                        .allSatisfy(reference -> {
                            assertThat(reference.getState()).isEqualTo(ReferenceState.READY);
                            assertThat(reference.getLearned()).isEqualTo(PICTURES);
                        });
            }
        }
    }

    @Test
    void shouldSayThatAFolderIsMissingOrEmpty() throws Exception {
        assertThat(run(folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere: there is no such folder");

        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThat(run(empty.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("empty: there is no picture in it");
    }

    @Test
    void shouldSayWhichModelsThereAre() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("some"));
        Files.writeString(pictures.resolve("a.jpg"), "no picture");

        assertThat(run("--model", "others", pictures.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("model others is not configured; known: surface");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("profile", "--config", config.toString()));
        all.addAll(List.of(arguments));
        return hedgerow(all.toArray(String[]::new));
    }

    private int hedgerow(String... arguments) {
        return Hedgerow.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private static <R extends SpecificRecordBase> void write(
            EmbeddedKafka broker, String topic, Class<R> type, List<R> records) {
        try (RegistrySerde<R> serde = RegistrySerde.of(type, Map.of("schema.registry.url", REGISTRY));
                KafkaProducer<String, R> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringSerializer(),
                        serde.serializer())) {
            records.forEach(record -> producer.send(new ProducerRecord<>(topic, record)));
            producer.flush();
        }
    }

    private static <R extends SpecificRecordBase> List<R> read(EmbeddedKafka broker, String topic, Class<R> type) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<R> records = new ArrayList<>();
        try (RegistrySerde<R> serde = RegistrySerde.of(type, Map.of("schema.registry.url", REGISTRY));
                KafkaConsumer<byte[], R> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                        new ByteArrayDeserializer(),
                        serde.deserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> records.add(record.value()));
            }
        }
        return records;
    }
}
