package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.EncodedImage;
import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.DemoStream;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The image on a real broker and a real registry: what a user's first evening with Hedgerow looks like. */
@NeedsDocker
class ITRealServers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Pattern EXPLAINED =
            Pattern.compile("hedgerow_records_total\\{[^}]*status=\"explained\"[^}]*} [1-9]");

    @TempDir
    private static Path folder;

    private static Network network;
    private static KafkaContainer kafka;
    private static RegistryContainer registry;
    private static HedgerowContainer processor;
    private static Account account;
    private static String topics;

    @BeforeAll
    static void start() throws Exception {
        network = Network.newNetwork();
        kafka = new KafkaContainer(DockerImageName.parse(Images.kafka()).asCompatibleSubstituteFor("apache/kafka"))
                .withNetwork(network)
                .withListener("kafka:19092")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        registry = new RegistryContainer(network, "kafka:19092");
        kafka.start();
        registry.start();
        topics = hedgerow("limits.image-bytes: 900KB")
                .run("topics", "create", "--config", "/etc/hedgerow/hedgerow.yaml", "--partitions", "3");
        processor = hedgerow("").running();
        processor.start();
        account = new Account(
                kafka.getBootstrapServers(),
                "hedgerow-it",
                Topics.DEFAULT,
                RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", registry.url()))
                        .deserializer());
    }

    @AfterAll
    static void stop() {
        Stream.of(account, processor, registry, kafka, network).forEach(ITRealServers::close);
    }

    private static void close(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever a test sent, each record has its one outcome. */
    @AfterEach
    void shouldHaveOneOutcomeOfEachRecord() throws Exception {
        account.requireComplete();
    }

    @Test
    void shouldExplainWhatTheDemosLineSends() throws Exception {
        assertThat(topics.lines().filter(line -> line.endsWith("  created, 3 partitions")))
                .as("what has the input's partitions")
                .hasSize(5);
        assertThat(topics.lines().filter(line -> line.endsWith("  created, 1 partitions")))
                .as("what monitoring publishes")
                .hasSize(3);

        String sent = hedgerow("")
                .run("demo-events", "--config", "/etc/hedgerow/hedgerow.yaml", "--count", "30", "--rate", "200");
        account.awaitDone();

        assertThat(sent).contains("30 events sent to prediction-events");
        List<Explanation> explained = account.decoded().stream()
                .filter(explanation -> explanation.getEventId().startsWith("part-"))
                .toList();
        assertThat(explained).hasSize(30).allSatisfy(explanation -> {
            assertThat(explanation.getModel().getName()).isEqualTo("surface-biased");
            assertThat(explanation.getPrediction().getAgreement()).hasToString("AGREES");
        });
        assertThat(processor.metrics()).contains("hedgerow_records_total{");
        processor.assertHealthy();
    }

    @Test
    void shouldLetTailShowThem() throws Exception {
        publish("tail", event("tail-1"));
        account.awaitDone();

        Launcher.Result tail = Launcher.run(
                folder,
                Launcher.COMMAND,
                Map.of(),
                "tail",
                "--bootstrap",
                kafka.getBootstrapServers(),
                "--registry",
                registry.url(),
                "--from-beginning",
                "--count",
                "1",
                "--out",
                folder.resolve("pictures").toString());

        assertThat(tail.code()).as(tail.err()).isZero();
        assertThat(tail.out()).contains("line-");
        try (Stream<Path> pictures = Files.list(folder.resolve("pictures"))) {
            assertThat(pictures).hasSize(1);
        }
    }

    @Test
    void shouldReadWhatAnOlderProducerWrites() throws Exception {
        Schema older = without(PredictionEvent.getClassSchema(), "attributes", "ratio");
        byte[] record = encode(older, register("prediction-events-value", older), event("older-1"));

        publish("older", record);
        account.awaitDone();

        assertThat(account.decoded()).extracting(Explanation::getEventId).contains("older-1");
    }

    @Test
    void shouldBeReadByANewerConsumer() throws Exception {
        publish("newer", event("newer-1"));
        account.awaitDone();
        Schema newer = with(Explanation.getClassSchema(), "reviewer", "nobody");

        ConsumerRecord<byte[], byte[]> record =
                account.explanations().stream().findFirst().orElseThrow();
        ByteBuffer bytes = ByteBuffer.wrap(record.value());
        assertThat(bytes.get()).isZero();
        Schema writer = new Schema.Parser()
                .parse(JSON.readTree(Http.get(registry.url() + "/schemas/ids/" + bytes.getInt()))
                        .get("schema")
                        .asText());
        GenericRecord read = new GenericDatumReader<GenericRecord>(writer, newer)
                .read(
                        null,
                        DecoderFactory.get().binaryDecoder(bytes.array(), bytes.position(), bytes.remaining(), null));

        assertThat(read.get("reviewer")).hasToString("nobody");
        assertThat(read.get("eventId").toString()).isNotEmpty();
        assertThat(compatible("explanations-value", newer)).isTrue();
    }

    @Test
    void shouldSayThatTheRegistryRefusesAnIncompatibleSchema() throws Exception {
        Schema other = SchemaBuilder.record("io.hedgerow.Explanation")
                .fields()
                .requiredInt("eventId")
                .endRecord();
        register("taken-value", other);
        assertThat(compatible("explanations-value", other)).isFalse();
        for (String topic : List.of("taken", "taken-dlq")) {
            kafkaTopic(topic);
        }

        Launcher.Result refused = Launcher.run(
                folder,
                Launcher.COMMAND,
                Map.of(),
                "run",
                "--config",
                hostConfig("topics: {explanations: taken, dead-letters: taken-dlq}")
                        .toString());

        assertThat(refused.code()).as(refused.err()).isEqualTo(1);
        assertThat(refused.err().lines().filter(line -> line.startsWith("hedgerow: ")))
                .singleElement()
                .asString()
                .contains("given schema io.hedgerow.Explanation for subject 'taken-value'", "answered 409");
    }

    @Test
    void shouldWaitForARegistryThatIsAway() throws Exception {
        Schema unseen = with(PredictionEvent.getClassSchema(), "shift", "night");
        byte[] record = encode(unseen, register("prediction-events-value", unseen), event("away-1"));
        int deadLetters = account.deadLetters().size();
        var docker = DockerClientFactory.lazyClient();
        docker.pauseContainerCmd(registry.getContainerId()).exec();
        try {
            publish("away", record);
            await().atMost(LONG).until(() -> processor.getLogs().contains("Replacing stream thread"));
            processor.assertHealthy();
        } finally {
            docker.unpauseContainerCmd(registry.getContainerId()).exec();
        }
        account.awaitDone();

        assertThat(account.decoded()).extracting(Explanation::getEventId).contains("away-1");
        assertThat(account.deadLetters()).hasSize(deadLetters);
    }

    /** The state of the audit trail leaves the instance, and comes back, while it can write nothing. */
    @Test
    void shouldGoOnWhileTheDiskIsFull() throws Exception {
        int deadLetters = account.deadLetters().size();
        publish(1500, event("full"));
        processor.fillDisk();
        try {
            assertThat(account.isDone()).as("work must be left").isFalse();
            try (HedgerowContainer other = hedgerow("").running()) {
                other.start();
                publish(300, event("both"));
                await().atMost(LONG)
                        .until(() -> EXPLAINED.matcher(other.metrics()).find());
            }
            publish(30, event("alone"));
            account.awaitDone();
        } finally {
            processor.clearDisk();
        }

        assertThat(account.deadLetters()).hasSize(deadLetters);
        processor.assertHealthy();
    }

    @Test
    void shouldUnderstandConfluentsJavaScriptClient() throws Exception {
        JavaScriptClient client = JavaScriptClient.install();
        publish("known", event("known-1"));
        EncodedImage image = (EncodedImage) event("any").getImage();

        byte[] written = client.write(
                registry.url(),
                "prediction-events",
                "javascript-1",
                image.getData().array());
        publish("javascript", written);
        account.awaitDone();
        byte[] explanation = account.explanations().stream()
                .filter(record -> "javascript".equals(new String(record.key())))
                .findFirst()
                .orElseThrow()
                .value();

        var read = client.read(registry.url(), "explanations", explanation);
        assertThat(read.get("eventId").asText()).isEqualTo("javascript-1");
        assertThat(read.get("classes").get(0).get("map").get("height").asInt()).isPositive();
        assertThat(read.get("inputs").get(0).get("topic").asText()).isEqualTo("prediction-events");
    }

    private static HedgerowContainer hedgerow(String more) throws Exception {
        return new HedgerowContainer(network, folder, "hedgerow-it", "kafka:19092", more);
    }

    private static Path hostConfig(String more) throws IOException {
        return Files.writeString(
                folder.resolve("host.yaml"),
                """
                application.id: on-the-host
                kafka.bootstrap.servers: %s
                registry.schema.registry.url: %s
                models:
                  - {name: surface-biased, version: "1", path: %s}
                http.port: 0
                %s
                """
                        .formatted(
                                kafka.getBootstrapServers(),
                                registry.url(),
                                folder.resolve("models/surface-biased"),
                                more));
    }

    private static void kafkaTopic(String name) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.getBootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, 3, (short) 1))).all().get();
        }
    }

    /** An event of the demo's line under another id, with nothing logged. */
    private static PredictionEvent event(String id) {
        PredictionEvent event = new DemoStream(
                        3, 0, new ModelRef("surface-biased", "1"), file -> List.of(), Clock.systemUTC())
                .event(1)
                .event();
        event.setId(id);
        return event;
    }

    private static void publish(String key, PredictionEvent event) throws Exception {
        try (RegistrySerde<PredictionEvent> serde =
                RegistrySerde.of(PredictionEvent.class, Map.of("schema.registry.url", registry.url()))) {
            publish(key, serde.serializer().serialize("prediction-events", event));
        }
    }

    /** The same event many times, over all partitions. */
    private static void publish(int count, PredictionEvent event) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.getBootstrapServers());
        try (RegistrySerde<PredictionEvent> serde =
                        RegistrySerde.of(PredictionEvent.class, Map.of("schema.registry.url", registry.url()));
                var producer = new KafkaProducer<>(settings, new StringSerializer(), serde.serializer())) {
            for (int i = 0; i < count; i++) {
                var unused = producer.send(new ProducerRecord<>("prediction-events", event.getId() + i, event));
            }
        }
    }

    private static void publish(String key, byte[] value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.getBootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("prediction-events", key.getBytes(), value))
                    .get();
        }
    }

    private static int register(String subject, Schema schema) throws Exception {
        HttpResponse<String> answer = Http.post(registry.url() + "/subjects/" + subject + "/versions", body(schema));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("id").asInt();
    }

    private static boolean compatible(String subject, Schema schema) throws Exception {
        HttpResponse<String> answer =
                Http.post(registry.url() + "/compatibility/subjects/" + subject + "/versions/latest", body(schema));
        return JSON.readTree(answer.body()).get("is_compatible").asBoolean();
    }

    private static String body(Schema schema) throws Exception {
        return JSON.writeValueAsString(Map.of("schema", schema.toString()));
    }

    private static Schema without(Schema schema, String... names) {
        return copy(
                schema,
                schema.getFields().stream()
                        .filter(field -> !List.of(names).contains(field.name()))
                        .toList());
    }

    private static Schema with(Schema schema, String name, String fallback) {
        List<Schema.Field> fields = new ArrayList<>(schema.getFields());
        fields.add(new Schema.Field(name, Schema.create(Schema.Type.STRING), null, fallback));
        return copy(schema, fields);
    }

    private static Schema copy(Schema schema, List<Schema.Field> fields) {
        return Schema.createRecord(
                schema.getName(),
                schema.getDoc(),
                schema.getNamespace(),
                false,
                fields.stream()
                        .map(field -> new Schema.Field(field, field.schema()))
                        .toList());
    }

    /** The event as a producer that knows only {@code schema} writes it. */
    private static byte[] encode(Schema schema, int id, PredictionEvent event) throws IOException {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            Schema.Field known = event.getSchema().getField(field.name());
            record.put(field.pos(), known == null ? field.defaultVal() : event.get(known.pos()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema, event.getSpecificData()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
