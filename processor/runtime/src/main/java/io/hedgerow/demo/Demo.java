package io.hedgerow.demo;

import io.hedgerow.Alert;
import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.audit.note.SigningKey;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.demo.surface.SurfaceClassifier;
import io.hedgerow.demo.surface.SurfaceSample;
import io.hedgerow.preprocess.ModelYaml;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.service.HedgerowService;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * An inspection line, its classifier, a broker and Hedgerow in one process: events with pictures go into a topic, and the
 * very service that production runs explains them.
 */
public final class Demo {
    private static final String REGISTRY = "mock://hedgerow-demo";
    private static final int PARTITIONS = 4;
    private static final int PATIENCE = 5;

    private final DemoSettings settings;
    private final DemoListener listener;
    private final SigningKey key = SigningKey.generate("hedgerow-demo");

    public Demo(DemoSettings settings, DemoListener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Runs until every event has an outcome.
     *
     * @param work empty folder for the broker's data, the model and Streams' state; the caller deletes it
     * @throws IOException if files can't be written or read
     * @throws InterruptedException if interrupted; everything is closed then
     */
    public DemoReport run(Path work) throws Exception {
        Files.createDirectories(settings.out());
        try (DemoPort port = new DemoPort()) {
            listener.dashboard(URI.create("http://127.0.0.1:" + port.number() + "/"), key.verifier());
            return run(work, port);
        }
    }

    private DemoReport run(Path work, DemoPort port) throws Exception {
        listener.step("Starting a Kafka broker in this process");
        try (EmbeddedKafka broker = EmbeddedKafka.start(work.resolve("kafka"))) {
            listener.step("Loading and compiling the classifier (the first time TensorFlow is unpacked too)");
            Path folder = BundledModel.SURFACE_BIASED.unpack(work.resolve("models"));
            ModelYaml yaml = ModelYaml.of(folder);
            HedgerowConfig config = config(broker, folder, yaml, work.resolve("state"), port.number());
            createTopics(broker, config.topics());
            port.close();
            try (HedgerowService service = new HedgerowService(
                            config, "demo", (done, all, step) -> listener.step("Compiling the classifier: " + step));
                    SurfaceClassifier classifier = SurfaceClassifier.load(folder);
                    RegistrySerde<PredictionEvent> events = serde(PredictionEvent.class);
                    RegistrySerde<Explanation> explanations = serde(Explanation.class);
                    RegistrySerde<Alert> alertSerde = serde(Alert.class);
                    DemoOutcomes outcomes = new DemoOutcomes(broker.bootstrapServers(), Topics.DEFAULT, explanations);
                    DemoAlerts alerts =
                            new DemoAlerts(broker.bootstrapServers(), MonitorTopics.DEFAULT.alerts(), alertSerde)) {
                service.start();
                listener.step("Explaining what passes the line");
                ModelRef model = new ModelRef(yaml.name(), yaml.version());
                DemoReport report = follow(broker, events, outcomes, alerts, model, classifier, service);
                listener.ended(report);
                return report;
            }
        }
    }

    /** As hedgerow.yaml would have it: what production does, in little memory. */
    private HedgerowConfig config(EmbeddedKafka broker, Path model, ModelYaml yaml, Path state, int port) {
        Map<String, String> values = new HashMap<>();
        values.put("application.id", "hedgerow-demo");
        values.put("kafka.bootstrap.servers", broker.bootstrapServers());
        values.put("kafka.state.dir", state.toString());
        values.put("registry.schema.registry.url", REGISTRY);
        values.put("models[0].name", yaml.name());
        values.put("models[0].version", yaml.version());
        values.put("models[0].path", model.toAbsolutePath().toString());
        values.put("devices", "cpu");
        values.put("batch.size", "16");
        values.put("batch.queue-bytes", "256MB");
        values.put("limits.read-ahead-bytes", "64MB");
        values.put("audit.key", key.secret());
        // Half of what comes before the change, at the usual rate.
        values.put("monitor.model-reference", "200");
        values.put("http.port", Integer.toString(port));
        return ConfigReader.of(values);
    }

    private static <T extends SpecificRecordBase> RegistrySerde<T> serde(Class<T> type) {
        return RegistrySerde.of(type, Map.of("schema.registry.url", REGISTRY));
    }

    private DemoReport follow(
            EmbeddedKafka broker,
            RegistrySerde<PredictionEvent> events,
            DemoOutcomes outcomes,
            DemoAlerts alerts,
            ModelRef model,
            SurfaceClassifier classifier,
            HedgerowService service)
            throws Exception {
        long count = settings.events();
        Map<String, CompletableFuture<SurfaceSample>> parts = new ConcurrentHashMap<>();
        DemoTally tally = new DemoTally();
        DemoStream line = new DemoStream(settings.seed(), count / 2, model, classifier::classify, Clock.systemUTC());
        ExecutorService sender = Executors.newSingleThreadExecutor(r -> new Thread(r, "hedgerow-demo-line"));
        try (KafkaProducer<String, PredictionEvent> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), events.serializer())) {
            Future<Long> sent = sender.submit(() -> new DemoPublisher(producer, Topics.DEFAULT.input(), settings.rate())
                    .publish(line, count, event -> part(parts, event.event().getId())
                            .complete(event.part())));
            while (tally.outcomes() < count) {
                service.look();
                if (sent.isDone()) {
                    rethrow(sent);
                }
                outcomes.poll(new DemoOutcomes.Reader() {
                    @Override
                    public void explained(Explanation explanation) throws IOException {
                        // an explanation can overtake the line's own note of what it has sent
                        SurfaceSample part =
                                part(parts, explanation.getEventId()).join();
                        parts.remove(explanation.getEventId());
                        tally.explained(explanation, part, System.currentTimeMillis());
                        listener.explained(explanation, part);
                    }

                    @Override
                    public void failed() {
                        tally.failed();
                    }
                });
                alerts.poll(Duration.ZERO);
                listener.progress(tally.outcomes(), count);
            }
            // What they tell of was committed a moment before them.
            for (int i = 0; i < PATIENCE && alerts.opened().isEmpty(); i++) {
                alerts.poll(Duration.ofSeconds(1));
            }
        } finally {
            sender.shutdownNow();
        }
        return tally.report(count, alerts.opened());
    }

    private static CompletableFuture<SurfaceSample> part(
            Map<String, CompletableFuture<SurfaceSample>> parts, String id) {
        return parts.computeIfAbsent(id, unseen -> new CompletableFuture<>());
    }

    private static void rethrow(Future<Long> sent) throws IOException, InterruptedException {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new IOException("the demo's line stopped: " + e.getCause(), e);
        }
    }

    private static void createTopics(EmbeddedKafka broker, Topics topics) {
        for (String topic : Stream.concat(Stream.of(topics.input()), topics.outputs().stream())
                .toList()) {
            // Dead letters are larger than their events.
            broker.createTopic(
                    topic,
                    PARTITIONS,
                    topic.equals(topics.deadLetters()) ? Map.of("max.message.bytes", "2000000") : Map.of());
        }
        for (String topic : MonitorTopics.DEFAULT.all()) {
            broker.createTopic(topic, 1, Map.of());
        }
    }
}
