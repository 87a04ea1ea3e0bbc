package io.hedgerow.demo;

import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.compiler.api.CompileLimits;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.process.ChildCompiler;
import io.hedgerow.demo.surface.SurfaceClassifier;
import io.hedgerow.demo.surface.SurfaceSample;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.UserCache;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.LoadedModel;
import io.hedgerow.models.ModelRepository;
import io.hedgerow.models.ModelSource;
import io.hedgerow.models.ModelTable;
import io.hedgerow.preprocess.ModelYaml;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.stream.FlowPlan;
import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.TopologySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;

/**
 * An inspection line, its classifier, a broker and Hedgerow in one process: events with pictures go into a topic, and the
 * very topology that production runs explains them.
 */
public final class Demo {
    private static final String REGISTRY = "mock://hedgerow-demo";
    private static final int PARTITIONS = 4;
    private static final int THREADS = 2;
    private static final long ENCODED_BYTES = 64L << 20;
    private static final BatchLimits LIMITS =
            new BatchLimits(16, Duration.ofMillis(1), 256, 256L << 20, Duration.ofSeconds(60));

    private final DemoSettings settings;
    private final DemoListener listener;

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
    public DemoReport run(Path work) throws IOException, InterruptedException {
        Files.createDirectories(settings.out());
        listener.step("Starting a Kafka broker in this process");
        try (EmbeddedKafka broker = EmbeddedKafka.start(work.resolve("kafka"))) {
            TopologySettings topics = TopologySettings.defaults("demo");
            createTopics(broker, topics);
            listener.step("Loading and compiling the classifier (the first time TensorFlow is unpacked too)");
            Path folder = BundledModel.SURFACE_BIASED.unpack(work.resolve("models"));
            ModelYaml yaml = ModelYaml.of(folder);
            ModelSource source = new ModelSource(yaml.name(), yaml.version(), folder, yaml, CompileOptions.DEFAULT, 2);
            ModelRepository repository = new ModelRepository(
                    UserCache.of(System.getenv()),
                    new ChildCompiler(CompileLimits.DEFAULT),
                    (done, all, step) -> listener.step("Compiling the classifier: " + step));
            try (LoadedModel model = repository.load(source, TensorFlowDevice.CPU, LIMITS);
                    SurfaceClassifier classifier = SurfaceClassifier.load(folder)) {
                return stream(broker, topics, model, classifier, work);
            }
        }
    }

    private DemoReport stream(
            EmbeddedKafka broker, TopologySettings topics, LoadedModel model, SurfaceClassifier classifier, Path work)
            throws IOException, InterruptedException {
        Map<String, Object> registry = Map.of("schema.registry.url", REGISTRY);
        RegistrySerde<PredictionEvent> events = RegistrySerde.of(PredictionEvent.class, registry);
        RegistrySerde<Explanation> explanations = RegistrySerde.of(Explanation.class, registry);
        Map<String, Object> kafka = Map.of(
                "application.id", "hedgerow-demo",
                "bootstrap.servers", broker.bootstrapServers(),
                "state.dir", work.resolve("state").toString());
        try (HedgerowTopology topology = new HedgerowTopology(
                        topics,
                        List.of(new ModelTable("cpu", List.of(model))),
                        new ImageDecoder(),
                        events.deserializer(),
                        explanations.serializer(),
                        new SimpleMeterRegistry());
                KafkaStreams streams = topology.connect(
                        kafka, FlowPlan.derive(THREADS, LIMITS.size(), model.imagesPerSecond(), ENCODED_BYTES));
                DemoOutcomes outcomes = new DemoOutcomes(broker.bootstrapServers(), topics.topics(), explanations)) {
            streams.start();
            listener.step("Explaining what passes the line");
            return follow(broker, topics, events, outcomes, model, classifier);
        }
    }

    private DemoReport follow(
            EmbeddedKafka broker,
            TopologySettings topics,
            RegistrySerde<PredictionEvent> events,
            DemoOutcomes outcomes,
            LoadedModel model,
            SurfaceClassifier classifier)
            throws IOException, InterruptedException {
        long count = settings.events();
        Map<String, CompletableFuture<SurfaceSample>> parts = new ConcurrentHashMap<>();
        DemoTally tally = new DemoTally();
        DemoStream line = new DemoStream(
                settings.seed(),
                count / 2,
                new ModelRef(model.name(), model.version()),
                classifier::classify,
                Clock.systemUTC());
        ExecutorService sender = Executors.newSingleThreadExecutor(r -> new Thread(r, "hedgerow-demo-line"));
        try (KafkaProducer<String, PredictionEvent> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), events.serializer())) {
            Future<Long> sent = sender.submit(() -> new DemoPublisher(
                            producer, topics.topics().input(), settings.rate())
                    .publish(line, count, event -> part(parts, event.event().getId())
                            .complete(event.part())));
            while (tally.outcomes() < count) {
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
                listener.progress(tally.outcomes(), count);
            }
        } finally {
            sender.shutdownNow();
        }
        return tally.report(count);
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

    private static void createTopics(EmbeddedKafka broker, TopologySettings settings) {
        for (String topic : List.of(
                settings.topics().input(),
                settings.topics().explanations(),
                settings.topics().deadLetters())) {
            broker.createTopic(topic, PARTITIONS, Map.of());
        }
    }
}
