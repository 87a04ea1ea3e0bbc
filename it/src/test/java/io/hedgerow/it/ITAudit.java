package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.demo.DemoStream;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistrySerde;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The audit trail of a run that is killed five times, through the command line alone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ITAudit {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int EVENTS = 2400;
    private static final int KILLS = 5;
    private static final int TRANSACTION = 60;
    private static final Path GO_PROGRAM = Path.of("src/test/go/checkproof").toAbsolutePath();

    @TempDir
    static Path folder;

    private static EmbeddedKafka broker;
    private static HttpRegistry registry;
    private static Admin admin;
    private static Path config;
    private static Path key;

    @BeforeAll
    static void runAndKill() throws Exception {
        broker = EmbeddedKafka.start(folder.resolve("kafka"));
        registry = new HttpRegistry();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        key = folder.resolve("audit.key");
        hedgerow("audit", "keygen", "--name", "it.example/audit", "--out", key.toString());
        config = Files.writeString(
                folder.resolve("hedgerow.yaml"),
                """
                kafka:
                  bootstrap.servers: %s
                  state.dir: %s
                  main.consumer.session.timeout.ms: 2000
                  main.consumer.heartbeat.interval.ms: 300
                  transaction.timeout.ms: 5000
                  commit.interval.ms: 200
                registry:
                  schema.registry.url: %s
                models:
                  - name: surface
                    path: %s
                http.port: 0
                batch.size: 8
                audit.key-file: audit.key
                audit.checkpoint-entries: 100
                audit.checkpoint-interval: 1s
                """
                        .formatted(
                                broker.bootstrapServers(),
                                folder.resolve("state"),
                                registry.url(),
                                BundledModel.SURFACE_BIASED.unpack(folder.resolve("models"))));
        hedgerow("topics", "create", "--config", config.toString(), "--partitions", "2");
        publish(EVENTS);
        for (int kill = 0; kill < KILLS; kill++) {
            long before = entries();
            Launcher run = start();
            await().atMost(LONG).until(() -> entries() > before + 20);
            run.process().destroyForcibly().waitFor();
            assertThat(entries()).as("work must be left at each kill").isLessThan(EVENTS);
        }
        finish(EVENTS);
    }

    @AfterAll
    static void stop() {
        admin.close();
        registry.close();
        broker.close();
    }

    @Test
    @Order(1)
    void shouldAccountForEveryEventOverFiveKills() throws Exception {
        JsonNode found = verify("--config", config.toString());

        assertThat(found.get("entries").asLong()).isEqualTo(EVENTS);
        assertThat(found.get("logs")).hasSize(2).allSatisfy(log -> {
            assertThat(log.get("statuses").get("EXPLAINED").asLong()).isEqualTo(EVENTS / 2);
            assertThat(log.get("unsealed").asLong()).isZero();
            assertThat(log.get("checkpoints").asLong()).isGreaterThan(5);
            assertThat(log.get("erased_explanations").asLong()).isZero();
            assertThat(log.get("pending_inputs").asLong()).isZero();
            assertThat(log.get("problems")).isEmpty();
        });
    }

    @Test
    @Order(2)
    void shouldVerifyWhatWasExported() throws Exception {
        Path out = folder.resolve("export");
        hedgerow(
                "audit",
                "export",
                "--config",
                config.toString(),
                "--public-key",
                key + ".pub",
                "--out",
                out.toString());

        assertThat(verify("--files", out.toString()).get("entries").asLong()).isEqualTo(EVENTS);

        Path file = out.resolve("log-1.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        assertThat(new ObjectMapper().readTree(lines.get(0)).get("model").asText())
                .isEqualTo("surface");
        lines.set(400, lines.get(400).replace("\"status\":\"EXPLAINED\"", "\"status\":\"FAILED\""));
        Files.write(file, lines);
        Launcher.Result result =
                Launcher.run(folder, Launcher.COMMAND, Map.of(), verifyArguments("--files", out.toString()));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("entry altered: entry 400 was altered");
        assertThat(result.err()).contains("1 problem found");
    }

    @Test
    @Order(3)
    void shouldProveWhatOthersCanCheck() throws Exception {
        Path inclusion = folder.resolve("part-17.tlog-proof");
        Path consistency = folder.resolve("growth.proof");
        prove(inclusion, "part-17");
        List<Long> sizes = checkpoints(1);
        String from = sizes.get(1).toString();
        String to = sizes.get(sizes.size() - 2).toString();
        prove(consistency, "--from", from, "--to", to, "--partition", "1");

        assertThat(check(inclusion).out()).contains("Entry ", "\"eventId\": \"part-17\"");
        assertThat(check(consistency).out()).contains("The log only grew, up to " + to + " entries");
        Path altered = Files.writeString(
                folder.resolve("altered"), Files.readString(inclusion).replaceFirst("(?m)^index .*$", "index 3"));
        assertThat(Launcher.run(folder, Launcher.COMMAND, Map.of(), checkArguments(altered))
                        .code())
                .isEqualTo(1);

        assumeThat(hasGo())
                .as("Go is there to check the proofs with others' code")
                .isTrue();
        assertThat(go(inclusion)).contains("included ");
        assertThat(go(consistency)).contains("consistent %s %s ".formatted(from, to));
    }

    @Test
    @Order(4)
    void shouldFeedAPipelineOfNothingButAvro() throws Exception {
        try (AuditPipeline pipeline = new AuditPipeline(broker.bootstrapServers(), registry.url())) {
            await().atMost(LONG).until(() -> {
                pipeline.poll();
                return pipeline.counts().equals(Map.of("surface EXPLAINED ", EVENTS));
            });
        }
    }

    @Test
    @Order(5)
    void shouldReportErasedExplanationsAndStayVerifiable() throws Exception {
        TopicPartition explanations = new TopicPartition("explanations", 0);
        // Between the explanations are the markers and aborted records that the kills left.
        long offset = committed(List.of(explanations)).get(250).offset();
        admin.deleteRecords(Map.of(explanations, RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();

        JsonNode found = verify("--config", config.toString());

        assertThat(found.get("logs").get(0).get("erased_explanations").asLong()).isEqualTo(250);
        assertThat(found.get("logs").get(1).get("erased_explanations").asLong()).isZero();
    }

    @Test
    @Order(6)
    void shouldGoOnFromTheEntriesAfterPartitionsWereAdded() throws Exception {
        for (String topic : List.of(
                "prediction-events",
                "explanations",
                "explanations-dlq",
                "explanations-audit",
                "explanations-checkpoints")) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                    .all()
                    .get();
        }
        admin.deleteTopics(List.of("hedgerow-audit-log-changelog")).all().get();
        publish(90);

        finish(EVENTS + 90);

        JsonNode found = verify("--config", config.toString());
        assertThat(found.get("logs")).hasSize(3).allSatisfy(log -> {
            assertThat(log.get("problems")).isEmpty();
            assertThat(log.get("unsealed").asLong()).isZero();
        });
        assertThat(found.get("entries").asLong()).isEqualTo(EVENTS + 90);
    }

    /** Sizes of a log's checkpoints, as they were exported. */
    private static List<Long> checkpoints(int log) throws IOException {
        JsonNode manifest = new ObjectMapper()
                .readTree(folder.resolve("export/manifest.json").toFile());
        List<Long> sizes = new ArrayList<>();
        for (JsonNode checkpoint : manifest.get("logs").get(log).get("checkpoints")) {
            sizes.add(Long.parseLong(checkpoint.get("note").asText().split("\n")[1]));
        }
        return sizes;
    }

    private static Launcher start() throws Exception {
        return Launcher.start(folder, Launcher.COMMAND, Map.of(), "run", "--config", config.toString());
    }

    /** Runs until all events have entries and all entries are sealed, and stops in good order. */
    private static void finish(long events) throws Exception {
        Launcher run = start();
        try {
            await().atMost(LONG).until(() -> committed() == events);
            // A killed instance's logs are signed again once its session has ended.
            await().atMost(LONG).until(ITAudit::isSealed);
        } finally {
            run.process().destroy();
        }
        assertThat(run.await().code()).as(run.err()).isEqualTo(143);
    }

    private static void publish(int count) {
        RegistrySerde<PredictionEvent> serde =
                RegistrySerde.of(PredictionEvent.class, Map.of("schema.registry.url", registry.url()));
        DemoStream line = new DemoStream(1, 10, new ModelRef("surface", ""), file -> List.of(), Clock.systemUTC());
        // Aborted records and markers of transactions leave gaps between the offsets of those that are read.
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "partitioner.class", RoundRobin.class.getName(),
                "transactional.id", "line");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serde.serializer())) {
            producer.initTransactions();
            for (int sent = 0; sent < count; sent += TRANSACTION) {
                send(producer, line, sent, TRANSACTION / 3);
                producer.abortTransaction();
                send(producer, line, sent, Math.min(TRANSACTION, count - sent));
                producer.commitTransaction();
            }
        }
    }

    private static void send(KafkaProducer<String, PredictionEvent> producer, DemoStream line, int from, int count) {
        producer.beginTransaction();
        for (int i = from; i < from + count; i++) {
            PredictionEvent event = line.event(i).event();
            producer.send(new ProducerRecord<>("prediction-events", event.getId(), event));
        }
        producer.flush();
    }

    /** Entries there are, whether committed or not. */
    private static long entries() throws Exception {
        return end("explanations-audit", IsolationLevel.READ_UNCOMMITTED);
    }

    private static boolean isSealed() throws Exception {
        for (JsonNode log : verify("--config", config.toString()).get("logs")) {
            if (log.get("unsealed").asLong() > 0) {
                return false;
            }
        }
        return true;
    }

    /** Entries that are committed. */
    private static long committed() throws Exception {
        return committed(admin
                        .describeTopics(List.of("explanations-audit"))
                        .topicNameValues()
                        .get("explanations-audit")
                        .get()
                        .partitions()
                        .stream()
                        .map(log -> new TopicPartition("explanations-audit", log.partition()))
                        .toList())
                .size();
    }

    private static List<ConsumerRecord<byte[], byte[]>> committed(List<TopicPartition> partitions) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static long end(String topic, IsolationLevel isolation) throws Exception {
        long sum = 0;
        for (int partition = 0; partition < 2; partition++) {
            TopicPartition which = new TopicPartition(topic, partition);
            sum += admin.listOffsets(Map.of(which, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                    .partitionResult(which)
                    .get()
                    .offset();
        }
        return sum;
    }

    private static Launcher.Result hedgerow(String... arguments) throws Exception {
        Launcher.Result result = Launcher.run(folder, Launcher.COMMAND, Map.of(), arguments);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    private static JsonNode verify(String... source) throws Exception {
        String[] arguments = Stream.concat(Stream.of(verifyArguments(source)), Stream.of("--json"))
                .toArray(String[]::new);
        Launcher.Result result = Launcher.run(folder, Launcher.COMMAND, Map.of(), arguments);
        assertThat(result.code()).as(result.err() + result.out()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    private static String[] verifyArguments(String... source) {
        return Stream.concat(Stream.of("audit", "verify", "--public-key", key + ".pub"), Stream.of(source))
                .toArray(String[]::new);
    }

    private static void prove(Path out, String... what) throws Exception {
        hedgerow(Stream.concat(
                        Stream.of(
                                "audit",
                                "prove",
                                "--config",
                                config.toString(),
                                "--public-key",
                                key + ".pub",
                                "--out",
                                out.toString()),
                        Stream.of(what))
                .toArray(String[]::new));
    }

    private static String[] checkArguments(Path proof) {
        return new String[] {"audit", "check-proof", proof.toString(), "--public-key", key + ".pub"};
    }

    private static Launcher.Result check(Path proof) throws Exception {
        return hedgerow(checkArguments(proof));
    }

    private static boolean hasGo() throws InterruptedException {
        try {
            Process go = new ProcessBuilder("go", "version").start();
            return go.waitFor(20, TimeUnit.SECONDS) && go.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String go(Path proof) throws Exception {
        Process go = new ProcessBuilder("go", "run", ".", key + ".pub", proof.toString())
                .directory(GO_PROGRAM.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(go.getInputStream().readAllBytes());
        assertThat(go.waitFor()).as(said).isZero();
        return said;
    }
}
