package io.hedgerow.it;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RawTensor;
import io.hedgerow.TensorType;
import io.hedgerow.bench.AuditCost;
import io.hedgerow.bench.Load;
import io.hedgerow.bench.SimulatedModel;
import io.hedgerow.bench.StreamCost;
import io.hedgerow.bench.StreamParts;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.event.EventLimits;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.ModelTable;
import io.hedgerow.preprocess.Preprocessing;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.stream.ExplainSettings;
import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.ReadAheadPlan;
import io.hedgerow.stream.TopologyConnection;
import io.hedgerow.stream.TopologySettings;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;

/** Topics of its own on a broker, the topology over a simulated device, and the means to look at what came out. */
final class StreamRig implements AutoCloseable {
    static final int PARTITIONS = 4;
    private static final TensorSpec INPUT = new TensorSpec(16, 16, 3, ElementType.UINT8);
    private static final BatchLimits LIMITS =
            new BatchLimits(16, Duration.ofMillis(1), 256, 64 << 20, Duration.ofSeconds(20));
    /** Time enough for a machine with other things to do, and little enough to be waited for. */
    private static final BatchLimits FAULTY_LIMITS =
            new BatchLimits(16, Duration.ofMillis(1), 256, 64 << 20, Duration.ofSeconds(5));

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final String bootstrap;
    private final Topics topics;
    private final TopologySettings settings;
    private final RegistrySerde<PredictionEvent> events;
    private final RegistrySerde<Explanation> explanations;
    private final Map<String, Object> kafka;
    private final Map<String, Object> registry;
    final Account account;
    private final SimulatedModel model = new SimulatedModel(
            "bands", INPUT, Preprocessing.defaults(), 4, Duration.ofMillis(10), Duration.ofMillis(1), LIMITS);
    private final List<AutoCloseable> opened = new ArrayList<>();

    StreamRig(EmbeddedKafka broker, String name, Map<String, ?> streamsSettings) {
        bootstrap = broker.bootstrapServers();
        topics = new Topics(name + "-events", name + "-explanations", name + "-dlq");
        settings = new TopologySettings(
                topics,
                RecordLimits.DEFAULT,
                new ExplainSettings(
                        EventLimits.DEFAULT,
                        64 << 20,
                        2,
                        0.01f,
                        false,
                        1,
                        0,
                        Duration.ofSeconds(30),
                        Duration.ofMillis(500)),
                "it");
        registry = Map.of("schema.registry.url", "mock://" + name);
        events = RegistrySerde.of(PredictionEvent.class, registry);
        explanations = RegistrySerde.of(Explanation.class, registry);
        account = new Account(bootstrap, name, topics, explanations.deserializer());
        kafka = new HashMap<>(Map.of(
                "application.id",
                name,
                "bootstrap.servers",
                bootstrap,
                "main.consumer.session.timeout.ms",
                2000,
                "main.consumer.heartbeat.interval.ms",
                300,
                // Faults are to find some outcomes visible and others still to come.
                "commit.interval.ms",
                200,
                "state.dir",
                System.getProperty("java.io.tmpdir") + "/hedgerow-it-"
                        + ProcessHandle.current().pid()));
        kafka.putAll(streamsSettings);
        for (String topic : List.of(topics.input(), topics.explanations(), topics.deadLetters())) {
            broker.createTopic(topic, PARTITIONS, Map.of());
        }
    }

    /** Sends events round-robin to the partitions; in every {@code poison}-th one something else is wrong, in none if 0. */
    void send(int count, int poison) throws Exception {
        Map<String, Object> producerSettings = Map.of("bootstrap.servers", bootstrap, "linger.ms", 5);
        try (var producer =
                new KafkaProducer<>(producerSettings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
                byte[] value = poison > 0 && i % poison == 0
                        ? poison(i / poison).of(event(i), this::serialize)
                        : serialize(event(i).build());
                var unused = producer.send(new ProducerRecord<>(topics.input(), i % PARTITIONS, key, value));
            }
            producer.flush();
        }
    }

    /** What is wrong with the poisoned events, in the order in which they are sent. */
    static Poison poison(int number) {
        return Poison.values()[number % Poison.values().length];
    }

    /** Starts an instance with {@code threads} threads. */
    KafkaStreams start(int threads) {
        return start(threads, model, events.deserializer(), explanations.serializer());
    }

    /** Starts an instance with {@code threads} threads that reads events through another deserialiser. */
    KafkaStreams startReading(int threads, UnaryOperator<Deserializer<PredictionEvent>> deserializer) {
        return start(threads, model, deserializer.apply(events.deserializer()), explanations.serializer());
    }

    /** Starts an instance with {@code threads} threads that writes explanations through another serialiser. */
    KafkaStreams startWriting(int threads, UnaryOperator<Serializer<Explanation>> serializer) {
        return start(threads, model, events.deserializer(), serializer.apply(explanations.serializer()));
    }

    /** Starts an instance with {@code threads} threads, whose device a fault strikes. */
    KafkaStreams startOn(int threads, FaultyModel.Fault fault) {
        FaultyModel faulty = new FaultyModel(model, FAULTY_LIMITS, fault);
        opened.add(faulty);
        return start(threads, faulty, events.deserializer(), explanations.serializer());
    }

    private KafkaStreams start(
            int threads,
            ExplainableModel explained,
            Deserializer<PredictionEvent> deserializer,
            Serializer<Explanation> serializer) {
        HedgerowTopology topology = new HedgerowTopology(
                settings,
                List.of(new ModelTable("simulated:0", List.of(explained))),
                new ImageDecoder(),
                deserializer,
                serializer,
                meters);
        KafkaStreams streams =
                TopologyConnection.of(topology, kafka, ReadAheadPlan.derive(threads, LIMITS.size(), 400, 64 << 20));
        opened.add(topology);
        opened.add(() -> streams.close(Duration.ofSeconds(30)));
        streams.start();
        return streams;
    }

    /** Measures the simulated device with and without Kafka. */
    StreamCost.Result bench(Load load) throws InterruptedException {
        StreamCost bench = new StreamCost(parts(Map.of("bootstrap.servers", bootstrap)));
        return bench.run(twoEvents(), load, devices -> benchPlan());
    }

    /** Measures the simulated device with and without audit trail. */
    AuditCost.Result auditBench(Load load) throws InterruptedException {
        AuditCost bench = new AuditCost(
                parts(Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "state.dir",
                        kafka.get("state.dir").toString())),
                RegistrySerde.of(AuditEntry.class, registry),
                RegistrySerde.of(AuditCheckpoint.class, registry));
        return bench.run(twoEvents(), load, benchPlan());
    }

    private StreamParts parts(Map<String, ?> settings) {
        return new StreamParts(List.of(new ModelTable("simulated:0", List.of(model))), events, explanations, settings);
    }

    private List<byte[]> twoEvents() {
        return List.of(serialize(event(1).build()), serialize(event(2).build()));
    }

    private static ReadAheadPlan benchPlan() {
        return ReadAheadPlan.derive(2, LIMITS.size(), 400, 64 << 20);
    }

    double replacedThreads() {
        return meters.get("hedgerow.threads.replaced").counter().count();
    }

    double meanBatch() {
        double explained = meters.get("hedgerow.records")
                .tags("status", "explained")
                .counter()
                .count();
        return explained / meters.get("hedgerow.batches").functionCounter().count();
    }

    @Override
    public void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        model.close();
        account.close();
    }

    private PredictionEvent.Builder event(int number) {
        ByteBuffer pixels = ByteBuffer.allocate(INPUT.bytes());
        for (int i = 0; i < INPUT.bytes(); i++) {
            pixels.put(i, (byte) (i * number));
        }
        return PredictionEvent.newBuilder()
                .setId("event-" + number)
                .setTime(Instant.now())
                .setSource("it")
                .setModel(new ModelRef("bands", ""))
                .setImage(new RawTensor(
                        TensorType.UINT8, List.of(INPUT.height(), INPUT.width(), INPUT.channels()), pixels))
                .setPredictions(List.of())
                .setClasses(List.of())
                .setRatio(null)
                .setAttributes(Map.of());
    }

    private byte[] serialize(PredictionEvent event) {
        return events.serializer().serialize(topics.input(), event);
    }
}
