package io.hedgerow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.Agreement;
import io.hedgerow.AttributionMap;
import io.hedgerow.ClassExplanation;
import io.hedgerow.EncodedImage;
import io.hedgerow.ExplainedImage;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Explanation;
import io.hedgerow.MapStatistics;
import io.hedgerow.MapTransform;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionCheck;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RecordInput;
import io.hedgerow.Region;
import io.hedgerow.Timings;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistrySerde;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a cluster, as a user types them, on a broker in this process. */
class ClusterCommandsTest {
    private static final String REGISTRY = "mock://cluster-commands";

    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String prefix = "";

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void nameTopics(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName().toLowerCase();
    }

    @Test
    void shouldCreateTopicsOnce() throws Exception {
        String config = config("limits: {image-bytes: 2MB, record-bytes: 3MB}");

        assertThat(run("topics", "create", "--config", config, "--partitions", "3", "--retention", "12h"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        prefix + "-events        created, 3 partitions",
                        prefix + "-explanations  created, 3 partitions",
                        prefix + "-dlq           created, 3 partitions",
                        prefix + "-audit         created, 3 partitions",
                        prefix + "-checkpoints   created, 3 partitions",
                        prefix + "-profiles      created, 1 partitions",
                        prefix + "-references    created, 1 partitions",
                        prefix + "-alerts        created, 1 partitions");
        assertThat(settings(prefix + "-profiles").get("cleanup.policy").value()).isEqualTo("compact,delete");
        assertThat(settings(prefix + "-profiles").get("retention.ms").value()).isEqualTo("43200000");
        assertThat(settings(prefix + "-references").get("cleanup.policy").value())
                .isEqualTo("compact");
        assertThat(settings(prefix + "-alerts").get("retention.ms").value()).isEqualTo("2592000000");
        // six months, as the AI Act asks for, and for ever
        assertThat(settings(prefix + "-audit").get("retention.ms").value()).isEqualTo("15897600000");
        assertThat(settings(prefix + "-checkpoints").get("retention.ms").value())
                .isEqualTo("-1");
        Config events = settings(prefix + "-events");
        assertThat(events.get("cleanup.policy").value()).isEqualTo("delete");
        assertThat(events.get("retention.ms").value()).isEqualTo("43200000");
        assertThat(events.get("max.message.bytes").value()).isEqualTo("2162688");
        assertThat(settings(prefix + "-explanations").get("max.message.bytes").value())
                .isEqualTo("3145728");
        assertThat(settings(prefix + "-dlq").get("max.message.bytes").value()).isEqualTo("2179072");

        out.getBuffer().setLength(0);
        assertThat(run("topics", "create", "--config", config, "--retention", "12h"))
                .isZero();
        assertThat(out.toString().lines()).hasSize(8).allMatch(line -> line.endsWith("  as needed"));
        assertThat(run("topics", "check", "--config", config, "--retention", "12h"))
                .isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldGiveOutputsAsManyPartitionsAsTheInputHas() throws Exception {
        broker.createTopic(prefix + "-events", 5, Map.of());

        assertThat(run("topics", "create", "--config", config("limits.image-bytes: 100KB")))
                .isZero();

        assertThat(out.toString()).contains(prefix + "-explanations  created, 5 partitions");
    }

    @Test
    void shouldHaveDeadLettersTakeWhateverTheInputTakes() throws Exception {
        broker.createTopic(prefix + "-events", 1, Map.of("max.message.bytes", "30000000"));
        String config = config("limits.image-bytes: 100KB");

        assertThat(run("topics", "create", "--config", config)).isZero();
        assertThat(settings(prefix + "-dlq").get("max.message.bytes").value()).isEqualTo("30016384");

        alter(prefix + "-events", "max.message.bytes", "40000000");
        assertThat(run("topics", "check", "--config", config)).isEqualTo(1);
        assertThat(out.toString())
                .contains(prefix + "-dlq           max.message.bytes is 30016384, needed is 40016384 or more");
    }

    @Test
    void shouldNameWhatDiffers() throws Exception {
        broker.createTopic(prefix + "-events", 3, Map.of("cleanup.policy", "compact", "max.message.bytes", "2000000"));
        broker.createTopic(prefix + "-explanations", 2, Map.of("retention.ms", "1000", "max.message.bytes", "50000"));
        String config = config("limits.image-bytes: 1MB");

        assertThat(run("topics", "check", "--config", config)).isEqualTo(1);

        assertThat(out.toString().lines())
                .containsExactly(
                        prefix + "-events        cleanup.policy is compact, needed is delete",
                        prefix + "-explanations  it has 2 partitions, needed are 3 or more; max.message.bytes is 50000,"
                                + " needed is 1048576 or more; retention.ms is 1000, needed is 604800000 or more",
                        prefix + "-dlq           it does not exist",
                        prefix + "-audit         it does not exist",
                        prefix + "-checkpoints   it does not exist",
                        prefix + "-profiles      it does not exist",
                        prefix + "-references    it does not exist",
                        prefix + "-alerts        it does not exist");
        assertThat(err.toString().lines())
                .containsExactly(
                        "hedgerow: not as needed: %1$s-events, %1$s-explanations, %1$s-dlq, %1$s-audit, %1$s-checkpoints,"
                                        .formatted(prefix)
                                + " %1$s-profiles, %1$s-references, %1$s-alerts;".formatted(prefix)
                                + " what differs is listed above");
    }

    @Test
    void shouldAddPartitionsToTheInputLast() throws Exception {
        String config = config("application.id: " + prefix);
        run("topics", "create", "--config", config, "--partitions", "2");
        createTopic(prefix + "-audit-log-changelog", 2);
        out.getBuffer().setLength(0);

        assertThat(run("topics", "add-partitions", "--config", config, "--partitions", "5"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        prefix + "-explanations         5 partitions, 3 of them new",
                        prefix + "-dlq                  5 partitions, 3 of them new",
                        prefix + "-audit                5 partitions, 3 of them new",
                        prefix + "-checkpoints          5 partitions, 3 of them new",
                        prefix + "-audit-log-changelog  5 partitions, 3 of them new",
                        prefix + "-events               5 partitions, 3 of them new");
        assertThat(run("topics", "add-partitions", "--config", config, "--partitions", "4"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("topic %s-events has 5 partitions, and none can be taken away: ask for 5 or more"
                        .formatted(prefix));
    }

    @Test
    void shouldGiveOutputsThePartitionsThatOnlyTheInputGot() throws Exception {
        createTopic(prefix + "-events", 3);
        createTopic(prefix + "-explanations", 4);
        createTopic(prefix + "-dlq", 1);

        assertThat(run("topics", "add-partitions", "--config", config("audit.enabled: false")))
                .as(err.toString())
                .isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        prefix + "-explanations  4 partitions, as before",
                        prefix + "-dlq           3 partitions, 2 of them new",
                        prefix + "-events        3 partitions, as before");
    }

    @Test
    void shouldAddNoPartitionsWhereATopicIsMissing() throws Exception {
        createTopic(prefix + "-events", 3);

        assertThat(run("topics", "add-partitions", "--config", config(""), "--partitions", "9"))
                .isEqualTo(1);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "hedgerow: topic %s-explanations does not exist: `hedgerow topics create` makes it"
                                .formatted(prefix));
    }

    @Test
    void shouldLeaveTopicsThatDifferAsTheyAre() throws Exception {
        broker.createTopic(prefix + "-dlq", 1, Map.of("retention.ms", "-1"));

        assertThat(run("topics", "create", "--config", config(""))).isEqualTo(1);

        assertThat(out.toString()).contains(prefix + "-dlq           it has 1 partitions, needed are 4 or more");
        assertThat(out.toString()).contains(prefix + "-events        created, 4 partitions");
    }

    @Test
    void shouldRegisterSchemasOnceWhereNothingElseMay() throws Exception {
        String config = config("registry.auto.register.schemas: false");

        assertThat(run("schemas", "register", "--config", config))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines())
                .hasSize(7)
                .allMatch(
                        line -> line.matches(
                                prefix + "-(events|explanations|audit|checkpoints|profiles|references|alerts)-value +"
                                        + "(PredictionEvent|Explanation|AuditEntry|AuditCheckpoint|Profile|ReferenceEntry|Alert) +registered, id \\d+"));

        out.getBuffer().setLength(0);
        assertThat(run("schemas", "register", "--config", config)).isZero();
        assertThat(out.toString().lines()).hasSize(7).allMatch(line -> line.matches(".* there already, id \\d+"));
    }

    @Test
    void shouldPrintSchemasBySubject() throws Exception {
        String config = config("registry.value.subject.name.strategy: TopicRecordNameStrategy");

        assertThat(run("schemas", "print", "--config", config))
                .as(err.toString())
                .isZero();

        JsonNode subjects = new ObjectMapper().readTree(out.toString());
        JsonNode explanation = subjects.get(prefix + "-explanations-io.hedgerow.Explanation");
        assertThat(subjects).hasSize(7);
        assertThat(new Schema.Parser().parse(explanation.toString()).getField("attributes"))
                .isNotNull();
    }

    @Test
    void shouldPrintOneSchemaOrWriteFiles() throws Exception {
        assertThat(run("schemas", "print", "PredictionEvent")).isZero();
        assertThat(run("schemas", "print", "--out", folder.resolve("schemas").toString()))
                .isZero();
        assertThat(run("schemas", "print", "PredictionEvents")).isEqualTo(2);

        assertThat(new Schema.Parser().parse(out.toString()).getFullName()).isEqualTo("io.hedgerow.PredictionEvent");
        try (var files = Files.list(folder.resolve("schemas"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "PredictionEvent.avsc",
                            "Explanation.avsc",
                            "AuditEntry.avsc",
                            "AuditCheckpoint.avsc",
                            "Profile.avsc",
                            "ReferenceEntry.avsc",
                            "Alert.avsc");
        }
        assertThat(err.toString())
                .startsWith(
                        "hedgerow: There is no record PredictionEvents in the topics; did you mean PredictionEvent?");
    }

    @Test
    void shouldSayWhatIsWrongWithAnOption() throws Exception {
        String config = config("");

        assertThat(run("topics")).isEqualTo(2);
        assertThat(run("topics", "create", "--config", config, "--partitions", "0"))
                .isEqualTo(2);
        assertThat(run("topics", "check", "--config", config, "--retention", "long"))
                .isEqualTo(2);
        assertThat(run("tail", "--config", config, "--bootstrap", "x:1")).isEqualTo(2);
        assertThat(run("tail", "--count", "0")).isEqualTo(2);
        assertThat(run("demo-events", "--rate", "0")).isEqualTo(2);
        assertThat(err.toString().lines().filter(line -> line.startsWith("hedgerow: ")))
                .containsExactly(
                        "hedgerow: What to do with topics is missing: create, check or add-partitions",
                        "hedgerow: --partitions 0: takes 1 or more",
                        "hedgerow: --retention long: takes a time such as 12h or 7d",
                        "hedgerow: --config stands for itself: leave out --bootstrap and --registry",
                        "hedgerow: --count 0: takes 1 or more",
                        "hedgerow: --count takes 1 or more, --stickers-from 0 or more, --rate above 0 and at most"
                                + " 10000");
    }

    @Test
    void shouldSayThatThereIsNothingToFollow() throws Exception {
        assertThat(run("tail", "--config", config(""))).isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly("hedgerow: topic %s-explanations does not exist in the cluster at %s: create it"
                        .formatted(prefix, broker.bootstrapServers()));
    }

    @Test
    void shouldSendTheLinesEvents() throws Exception {
        broker.createTopic(prefix + "-events", 1, Map.of());

        assertThat(run("demo-events", "--config", config(""), "--count", "6", "--rate", "1000", "--stickers-from", "0"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString()).isEqualToIgnoringNewLines("6 events sent to " + prefix + "-events");
        List<PredictionEvent> events = events();
        assertThat(events)
                .extracting(PredictionEvent::getId)
                .containsExactly("part-0", "part-1", "part-2", "part-3", "part-4", "part-5");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getModel().getName()).isEqualTo("surface-biased");
            assertThat(event.getPredictions()).hasSize(4);
        });
    }

    @Test
    void shouldPrintAndDrawWhatIsCommitted() throws Exception {
        broker.createTopic(prefix + "-events", 1, Map.of());
        broker.createTopic(prefix + "-explanations", 1, Map.of());
        run("demo-events", "--config", config(""), "--count", "2", "--rate", "1000");
        BufferedImage picture = picture(events().get(1));
        send("explanations", explain("part-1", 1), new byte[] {1, 2}, explain("part\u001b[2J", 77));
        out.getBuffer().setLength(0);
        Path pictures = folder.resolve("pictures");

        int code =
                run("tail", "--config", config(""), "--from-beginning", "--count", "2", "--out", pictures.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "part-1         line-2     dent          0.750  evidence at x 8, y 4, 20 x 10 pixels;"
                                + " another score was logged",
                        "part?[2J       line-2     dent          0.750  evidence at x 8, y 4, 20 x 10 pixels;"
                                + " another score was logged");
        assertThat(err.toString().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("hedgerow: %s-explanations-0, offset 1: ".formatted(prefix)))
                .contains("hedgerow: %s-explanations-0, offset 2: not drawn: its event is gone, or holds no picture"
                        .formatted(prefix));
        try (var files = Files.list(pictures)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactly(prefix + "-explanations-0-0.png");
        }
        BufferedImage drawn =
                ImageIO.read(pictures.resolve(prefix + "-explanations-0-0.png").toFile());
        assertThat(drawn.getWidth()).isEqualTo(640);
        assertThat(drawn.getHeight()).isGreaterThan(640 * picture.getHeight() / picture.getWidth());
        assertThat(warmth(drawn, 320)).as("evidence in the right half").isGreaterThan(warmth(drawn, 0) + 20);
    }

    /** How far red outweighs blue on average, in the half of the picture that begins at column {@code from}. */
    private static double warmth(BufferedImage image, int from) {
        long sum = 0;
        for (int y = 0; y < 640; y++) {
            for (int x = from; x < from + 320; x++) {
                int rgb = image.getRGB(x, y);
                sum += (rgb >> 16 & 255) - (rgb & 255);
            }
        }
        return sum / (640 * 320.0);
    }

    private static BufferedImage picture(PredictionEvent event) throws IOException {
        ByteBuffer data = ((EncodedImage) event.getImage()).getData();
        byte[] file = new byte[data.remaining()];
        data.duplicate().get(file);
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    private byte[] explain(String id, long offset) {
        AttributionMap map = new AttributionMap(
                1, 2, 0.01f, ByteBuffer.wrap(new byte[] {-5, 127}), 1, new MapTransform(64d, 0d, 128d, 0d));
        Explanation explanation = Explanation.newBuilder()
                .setEventId(id)
                .setTime(Instant.ofEpochMilli(1_700_000_000_000L))
                .setSource("line-2")
                .setModel(new ExplainedModel("surface", "", "00"))
                .setImage(new ExplainedImage("00", 128, 128, null))
                .setPrediction(
                        new PredictionCheck(null, new Prediction(2, "dent", 0.75f), null, Agreement.SCORE_DIFFERS))
                .setClasses(List.of(new ClassExplanation(
                        2,
                        "dent",
                        3.5f,
                        0.75f,
                        map,
                        List.of(new Region(8, 4, 20, 10, 0.5f)),
                        List.of(),
                        new MapStatistics(1f, 1.27f, 1f, null, 0f, 0.75f, 0.5f))))
                .setLeftOut(List.of())
                .setMethod(new Method("gradient hedging", "1", 2f, "layer4", Precision.FLOAT32, Map.of()))
                .setTimings(new Timings(1L, 2L, 3L, 4))
                .setInputs(List.of(new RecordInput(prefix + "-events", 0, offset)))
                .build();
        try (RegistrySerde<Explanation> serde =
                RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", REGISTRY))) {
            return serde.serializer().serialize(prefix + "-explanations", explanation);
        }
    }

    private void send(String topic, byte[]... values) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] value : values) {
                var unused = producer.send(new ProducerRecord<>(prefix + "-" + topic, value));
            }
        }
    }

    private List<PredictionEvent> events() {
        TopicPartition partition = new TopicPartition(prefix + "-events", 0);
        List<PredictionEvent> events = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (RegistrySerde<PredictionEvent> serde =
                        RegistrySerde.of(PredictionEvent.class, Map.of("schema.registry.url", REGISTRY));
                var consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    events.add(serde.deserializer().deserialize(record.topic(), record.value()));
                }
            }
        }
        return events;
    }

    private static Config settings(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // a broker may know of a topic a moment before it knows the topic's settings
            return await().ignoreExceptionsMatching(e -> e.getCause() instanceof UnknownTopicOrPartitionException)
                    .until(
                            () -> admin.describeConfigs(List.of(resource))
                                    .all()
                                    .get()
                                    .get(resource),
                            Objects::nonNull);
        }
    }

    /** Returns when the broker shows the topic to others, too. */
    private static void createTopic(String topic, int partitions) {
        broker.createTopic(topic, partitions, Map.of());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            await().until(() -> admin.listTopics().names().get().contains(topic));
        }
    }

    private static void alter(String topic, String setting, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
        }
    }

    private String config(String line) throws IOException {
        Path file = Files.createTempFile(folder, "hedgerow", ".yaml");
        return Files.writeString(
                        file,
                        """
                kafka.bootstrap.servers: %s
                registry.schema.registry.url: %s
                topics:
                  events: %3$s-events
                  explanations: %3$s-explanations
                  dead-letters: %3$s-dlq
                  audit: %3$s-audit
                  checkpoints: %3$s-checkpoints
                  profiles: %3$s-profiles
                  references: %3$s-references
                  alerts: %3$s-alerts
                models:
                  - {name: surface, path: models/surface}
                %4$s
                """
                                .formatted(broker.bootstrapServers(), REGISTRY, prefix, line))
                .toString();
    }

    private int run(String... arguments) {
        return Hedgerow.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
