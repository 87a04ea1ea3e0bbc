package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.demo.DemoPublisher;
import io.hedgerow.demo.DemoStream;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistrySerde;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code hedgerow run}, as a process of its own. */
@DisabledOnOs(OS.WINDOWS)
class ITRun {
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;
    private static HttpRegistry registry;
    private static Path model;

    @BeforeAll
    static void start() throws IOException {
        broker = EmbeddedKafka.start(folder.resolve("kafka"));
        registry = new HttpRegistry();
        model = BundledModel.SURFACE_BIASED.unpack(folder.resolve("models"));
        broker.createTopic("prediction-events", 2, Map.of());
        broker.createTopic("explanations", 2, Map.of());
        broker.createTopic("explanations-dlq", 2, Map.of());
        broker.createTopic("explanations-audit", 2, Map.of());
        broker.createTopic("explanations-checkpoints", 2, Map.of());
        broker.createTopic("narrow", 1, Map.of());
        broker.createTopic(HttpRegistry.REFUSED, 2, Map.of());
    }

    @AfterAll
    static void stop() {
        registry.close();
        broker.close();
    }

    @Test
    void shouldExplainEventsUntilToldToStop() throws Exception {
        int port = freePort();
        Launcher run = Launcher.start(
                folder,
                Launcher.COMMAND,
                Map.of(),
                "run",
                "--config",
                config("http.port: " + port).toString());
        try {
            await().atMost(LONG).until(() -> !run.process().isAlive() || status(port, "/readyz") == 200);
            assertThat(run.process().isAlive()).as(run.err()).isTrue();
            publish(20);
            List<Explanation> explanations = read(20);

            assertThat(explanations).extracting(Explanation::getEventId).doesNotHaveDuplicates();
            assertThat(explanations).allSatisfy(explanation -> {
                assertThat(explanation.getModel().getName()).isEqualTo("surface");
                assertThat(explanation.getModel().getSha256()).hasSize(64);
                assertThat(explanation.getClasses()).hasSize(1);
                assertThat(explanation.getSoftwareVersion()).startsWith("0.");
            });
            assertThat(status(port, "/livez")).isEqualTo(200);
            assertThat(get(port, "/metrics").body()).contains("hedgerow_", "kafka_stream_", "kafka_consumer_");
        } finally {
            run.process().destroy();
        }
        Launcher.Result result = run.await();

        // 128 + SIGTERM
        assertThat(result.code()).as(result.err()).isEqualTo(143);
        assertThat(result.err()).contains("Explaining", "Stopped", "nothing of it is signed");
        assertThat(result.err())
                .contains("Explaining partitions 0, 1 of prediction-events; taken over: partitions 0, 1");
        assertThat(result.err())
                .doesNotContain("ERROR", "Exception", "WARNING:", "StreamsConfig", "OffsetFetcher", "oneDNN");
    }

    @Test
    void shouldPrintTheConfigurationWithoutSecrets() throws Exception {
        Launcher.Result result = run(config("kafka.sasl.jaas.config: hunter2"), "--print-config");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("batch.size: 32", "kafka.sasl.jaas.config: ****")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldRefuseAtOnceWhatTheGuaranteesForbid() throws Exception {
        Path config = config("kafka.processing.guarantee: at_least_once");
        Files.writeString(config, Files.readString(config).replace(broker.bootstrapServers(), "localhost:1"));

        assertFails(run(config), 2, "processing.guarantee: it can't be changed from exactly_once_v2; leave it out");
    }

    @Test
    void shouldSayThatNoBrokerAnswers() throws Exception {
        Path config = config("timeouts.startup: 2s");
        Files.writeString(config, Files.readString(config).replace(broker.bootstrapServers(), "localhost:1"));

        assertFails(run(config), 1, "localhost:1");
    }

    @Test
    void shouldSayThatNoRegistryAnswers() throws Exception {
        Path config = config("timeouts.startup: 2s");
        Files.writeString(config, Files.readString(config).replace(registry.url(), "http://localhost:2"));

        assertFails(run(config), 1, "the schema registry at http://localhost:2 can't be reached");
    }

    @Test
    void shouldSayThatTheRegistryRefusesTheSchema() throws Exception {
        assertFails(
                run(config("topics.explanations: " + HttpRegistry.REFUSED)),
                1,
                "answered 409: incompatible with version 1");
    }

    @Test
    void shouldLogJsonIfAsked() throws Exception {
        Launcher.Result result = run(config("topics.events: nowhere"), "--log-format", "json");

        List<String> log =
                result.err().lines().filter(line -> line.startsWith("{")).toList();
        assertThat(log).isNotEmpty().allSatisfy(line -> assertThat(new ObjectMapper()
                        .readTree(line)
                        .path("formattedMessage")
                        .asText())
                .isNotBlank());
        assertThat(result.err().lines().filter(line -> !line.startsWith("{"))).hasSize(1);
    }

    @Test
    void shouldSayThatAnOutputHasFewerPartitionsThanTheInput() throws Exception {
        assertFails(run(config("topics.explanations: narrow")), 1, "topic narrow has 1 partitions, fewer than the 2");
    }

    @Test
    void shouldSayThatATopicIsMissing() throws Exception {
        assertFails(run(config("topics.events: nowhere")), 1, "topic nowhere does not exist");
    }

    @Test
    void shouldSayThatItsAuditTrailHasNoTopic() throws Exception {
        assertFails(
                run(config("topics.audit: unmade")),
                1,
                "topic unmade does not exist in the cluster at " + broker.bootstrapServers()
                        + ": create it, as `hedgerow topics create` does; with audit.enabled: false");
    }

    @Test
    void shouldSayThatAModelIsMissing() throws Exception {
        Path config = config("");
        Files.writeString(config, Files.readString(config).replace("path: ", "path: /no/such"));

        assertFails(run(config), 2, "there is no directory /no/such");
    }

    @Test
    void shouldSayThatAModelIsNone() throws Exception {
        Path config = config("");
        Files.writeString(config, Files.readString(config).replaceFirst("path: .*", "path: " + folder));

        assertFails(run(config), 1, folder.toString());
    }

    @Test
    void shouldSayThatThereIsNoSuchDevice() throws Exception {
        assertFails(run(config("devices: gpu:7")), 2, "there is no gpu:7");
    }

    @Test
    void shouldSayThatAKeyIsUnknown() throws Exception {
        assertFails(run(config("batch.siez: 1")), 2, "batch.siez is no known key; did you mean batch.size?");
    }

    private static void assertFails(Launcher.Result result, int code, String message) {
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err().lines().filter(line -> line.startsWith("hedgerow: ")))
                .as(result.err())
                .singleElement()
                .asString()
                .contains(message);
        assertThat(result.err()).doesNotContain("\tat ");
    }

    private static Launcher.Result run(Path config, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--config", config.toString()));
        arguments.addAll(List.of(more));
        return Launcher.run(folder, Launcher.COMMAND, Map.of(), arguments.toArray(String[]::new));
    }

    private static Path config(String line) throws IOException {
        Path file = Files.createTempFile(folder, "hedgerow", ".yaml");
        return Files.writeString(
                file,
                """
                kafka:
                  bootstrap.servers: %s
                  state.dir: %s
                registry:
                  schema.registry.url: %s
                models:
                  - name: surface
                    path: %s
                timeouts.shutdown: 20s
                %s
                %s
                """
                        .formatted(
                                broker.bootstrapServers(),
                                folder.resolve("state"),
                                registry.url(),
                                model,
                                line.startsWith("http.port") ? "" : "http.port: 0",
                                line));
    }

    private static void publish(int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        RegistrySerde<PredictionEvent> serde =
                RegistrySerde.of(PredictionEvent.class, Map.of("schema.registry.url", registry.url()));
        DemoStream stream = new DemoStream(1, 10, new ModelRef("surface", ""), file -> List.of(), Clock.systemUTC());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serde.serializer())) {
            new DemoPublisher(producer, "prediction-events", 1000).publish(stream, count, event -> {});
        }
    }

    private static List<Explanation> read(int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "reader",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        RegistrySerde<Explanation> serde =
                RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", registry.url()));
        List<Explanation> read = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), serde.deserializer())) {
            consumer.subscribe(List.of("explanations"));
            await().atMost(LONG).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(record.value()));
                return read.size() >= count;
            });
        }
        return read;
    }

    private static int status(int port, String path) {
        try {
            return get(port, path).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
