package io.hedgerow.it;

import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RawTensor;
import io.hedgerow.TensorType;
import io.hedgerow.bench.Measured;
import io.hedgerow.bench.MeasuredCluster;
import io.hedgerow.bench.SimulatedModel;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.ModelTable;
import io.hedgerow.preprocess.Preprocessing;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.service.DeviceProvider;
import io.hedgerow.service.HedgerowService;
import io.hedgerow.topics.Topics;
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
import org.jspecify.annotations.Nullable;

/** Topics of its own on a broker, the process of a run over a simulated device, and the means to look at what came out. */
final class StreamRig implements AutoCloseable {
    static final int PARTITIONS = 4;
    private static final String REGISTRY = "registry.schema.registry.url";
    private static final double SIMULATED_IMAGES_PER_SECOND = 400;
    private static final TensorSpec INPUT = new TensorSpec(16, 16, 3, ElementType.UINT8);
    private static final BatchLimits LIMITS =
            new BatchLimits(16, Duration.ofMillis(1), 256, 64 << 20, Duration.ofSeconds(20));
    /** Time enough for a machine with other things to do, and little enough to be waited for. */
    private static final BatchLimits FAULTY_LIMITS =
            new BatchLimits(16, Duration.ofMillis(1), 256, 64 << 20, Duration.ofSeconds(5));

    private final String bootstrap;
    private final Topics topics;
    private final String registry;
    private final RegistrySerde<PredictionEvent> events;
    private final RegistrySerde<Explanation> explanations;
    private final Map<String, String> settings = new HashMap<>();
    private int schema;
    final Account account;
    private final SimulatedModel model = new SimulatedModel(
            "bands", INPUT, Preprocessing.defaults(), 4, Duration.ofMillis(10), Duration.ofMillis(1), LIMITS);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable HedgerowService newest;

    /** Takes further lines of hedgerow.yaml. */
    StreamRig(EmbeddedKafka broker, String name, Map<String, String> more) {
        bootstrap = broker.bootstrapServers();
        topics = new Topics(name + "-events", name + "-explanations", name + "-dlq");
        registry = more.getOrDefault(REGISTRY, "mock://" + name);
        settings.put("application.id", name);
        settings.put("kafka.bootstrap.servers", bootstrap);
        settings.put("kafka.main.consumer.session.timeout.ms", "2000");
        settings.put("kafka.main.consumer.heartbeat.interval.ms", "300");
        // Faults are to find some outcomes visible and others still to come.
        settings.put("kafka.commit.interval.ms", "200");
        settings.put(
                "kafka.state.dir",
                System.getProperty("java.io.tmpdir") + "/hedgerow-it-"
                        + ProcessHandle.current().pid());
        settings.put(REGISTRY, registry);
        settings.put("models[0].name", model.name());
        settings.put("models[0].path", "simulated");
        settings.put("topics.events", topics.input());
        settings.put("topics.explanations", topics.explanations());
        settings.put("topics.dead-letters", topics.deadLetters());
        settings.put("audit.enabled", "false");
        settings.put("monitor.enabled", "false");
        settings.put("http.port", "0");
        settings.put("batch.size", Integer.toString(LIMITS.size()));
        settings.put("limits.read-ahead-bytes", "64MB");
        settings.put("timeouts.batch", "15s");
        settings.put("timeouts.registry", "500ms");
        settings.putAll(more);
        Map<String, String> client = Map.of("schema.registry.url", registry);
        events = RegistrySerde.of(PredictionEvent.class, client);
        explanations = RegistrySerde.of(Explanation.class, client);
        account = new Account(bootstrap, name, topics, explanations.deserializer());
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

    /** Has events name another schema from now on, by its id. */
    void useSchema(int id) {
        schema = id;
    }

    /** Starts an instance with {@code threads} threads. */
    HedgerowService start(int threads) throws Exception {
        return startOn(threads, model);
    }

    /** Starts an instance with {@code threads} threads, whose device a fault strikes. */
    void startOn(int threads, FaultyModel.Fault fault) throws Exception {
        FaultyModel faulty = new FaultyModel(model, FAULTY_LIMITS, fault);
        opened.add(faulty);
        var unused = startOn(threads, faulty);
    }

    /** Starts an instance with {@code threads} threads, which has the simulated model as another one shows it. */
    void startShowing(int threads, UnaryOperator<ExplainableModel> shown) throws Exception {
        var unused = startOn(threads, shown.apply(model));
    }

    private HedgerowService startOn(int threads, ExplainableModel explained) throws Exception {
        Map<String, String> values = new HashMap<>(settings);
        values.put("kafka.num.stream.threads", Integer.toString(threads));
        HedgerowService service = new HedgerowService(
                ConfigReader.of(values),
                "it",
                DeviceProvider.of(
                        List.of(new ModelTable("simulated:0", List.of(explained))), SIMULATED_IMAGES_PER_SECOND));
        opened.add(service);
        service.start();
        newest = service;
        return service;
    }

    /** What is measured: the simulated device, behind Kafka or not. */
    Measured measured() {
        return new Measured(
                new MeasuredCluster(bootstrap, registry, settings.get("kafka.state.dir"), LIMITS.size(), 2),
                List.of(new ModelTable("simulated:0", List.of(model))),
                SIMULATED_IMAGES_PER_SECOND);
    }

    List<byte[]> twoEvents() {
        return List.of(serialize(event(1).build()), serialize(event(2).build()));
    }

    /** Stream threads that the instance started last has replaced. */
    double replacedThreads() throws Exception {
        return Metric.sum(newest.port(), "hedgerow_threads_replaced_total", "");
    }

    /** Images in a batch of the instance started last. */
    double meanBatch() throws Exception {
        return Metric.sum(newest.port(), "hedgerow_records_total", "status=\"explained\"")
                / Metric.sum(newest.port(), "hedgerow_batches_total", "");
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
        byte[] value = events.serializer().serialize(topics.input(), event);
        if (schema > 0) {
            ByteBuffer.wrap(value).putInt(1, schema);
        }
        return value;
    }
}
