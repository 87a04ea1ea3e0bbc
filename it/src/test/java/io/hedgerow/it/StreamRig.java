package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RawTensor;
import io.hedgerow.RecordInput;
import io.hedgerow.TensorType;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.explain.BatchLimits;
import io.hedgerow.explain.ExplainableModel;
import io.hedgerow.explain.ModelTable;
import io.hedgerow.explain.SimulatedModel;
import io.hedgerow.image.ElementType;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.Preprocessing;
import io.hedgerow.image.TensorSpec;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topology.FlowPlan;
import io.hedgerow.topology.HedgerowTopology;
import io.hedgerow.topology.StreamBench;
import io.hedgerow.topology.Topics;
import io.hedgerow.topology.TopologySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KafkaStreams;

/** Topics of its own on a broker, the topology over a simulated device, and the means to look at what came out. */
final class StreamRig implements AutoCloseable {
    static final int PARTITIONS = 4;
    private static final TensorSpec INPUT = new TensorSpec(16, 16, 3, ElementType.UINT8);
    private static final BatchLimits LIMITS =
            new BatchLimits(16, Duration.ofMillis(1), 256, 64 << 20, Duration.ofSeconds(20));

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final String bootstrap;
    private final Topics topics;
    private final TopologySettings settings;
    private final RegistrySerde<PredictionEvent> events;
    private final RegistrySerde<Explanation> explanations;
    private final Map<String, Object> kafka;
    private final Admin admin;
    private final SimulatedModel model = new SimulatedModel(
            "bands", INPUT, Preprocessing.defaults(), 4, Duration.ofMillis(10), Duration.ofMillis(1), LIMITS);
    private final List<AutoCloseable> opened = new ArrayList<>();

    StreamRig(EmbeddedKafka broker, String name, Map<String, ?> streamsSettings) {
        bootstrap = broker.bootstrapServers();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        topics = new Topics(name + "-events", name + "-explanations", name + "-dlq");
        settings = TopologySettings.defaults("it")
                .withTopics(topics)
                .withTimeouts(Duration.ofSeconds(30), Duration.ofMillis(500));
        Map<String, Object> registry = Map.of("schema.registry.url", "mock://" + name);
        events = RegistrySerde.of(PredictionEvent.class, registry);
        explanations = RegistrySerde.of(Explanation.class, registry);
        kafka = new HashMap<>(Map.of(
                "application.id",
                name,
                "bootstrap.servers",
                bootstrap,
                "main.consumer.session.timeout.ms",
                2000,
                "main.consumer.heartbeat.interval.ms",
                300,
                "state.dir",
                System.getProperty("java.io.tmpdir") + "/hedgerow-it-"
                        + ProcessHandle.current().pid()));
        kafka.putAll(streamsSettings);
        for (String topic : List.of(topics.input(), topics.explanations(), topics.deadLetters())) {
            broker.createTopic(topic, PARTITIONS, Map.of());
        }
    }

    /** Sends events round-robin to the partitions; every {@code poison}-th one is null, none if 0. */
    void send(int count, int poison) throws Exception {
        Map<String, Object> producerSettings = Map.of("bootstrap.servers", bootstrap, "linger.ms", 5);
        try (var producer =
                new KafkaProducer<>(producerSettings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
                byte[] value = poison > 0 && i % poison == 0 ? null : event(i);
                var unused = producer.send(new ProducerRecord<>(topics.input(), i % PARTITIONS, key, value));
            }
            producer.flush();
        }
    }

    /** Starts an instance with {@code threads} threads. */
    KafkaStreams start(int threads) {
        return start(threads, UnaryOperator.identity(), model);
    }

    /** Starts an instance with {@code threads} threads that reads events through another deserialiser. */
    KafkaStreams start(int threads, UnaryOperator<Deserializer<PredictionEvent>> deserializer) {
        return start(threads, deserializer, model);
    }

    /** Starts an instance with {@code threads} threads, the device of which hangs while {@code hangs} says so. */
    KafkaStreams start(int threads, BooleanSupplier hangs) {
        return start(threads, UnaryOperator.identity(), new HangingModel(model, hangs));
    }

    private KafkaStreams start(
            int threads, UnaryOperator<Deserializer<PredictionEvent>> deserializer, ExplainableModel explained) {
        HedgerowTopology topology = new HedgerowTopology(
                settings,
                List.of(new ModelTable("simulated:0", List.of(explained))),
                new ImageDecoder(),
                deserializer.apply(events.deserializer()),
                explanations.serializer(),
                meters);
        KafkaStreams streams = topology.connect(kafka, FlowPlan.derive(threads, LIMITS.size(), 400, 64 << 20));
        opened.add(topology);
        opened.add(() -> streams.close(Duration.ofSeconds(30)));
        streams.start();
        return streams;
    }

    /** Measures the simulated device with and without Kafka. */
    StreamBench.Result bench(StreamBench.Load load) throws InterruptedException {
        StreamBench bench = new StreamBench(
                List.of(new ModelTable("simulated:0", List.of(model))),
                new ImageDecoder(),
                events.deserializer(),
                explanations.serializer(),
                Map.of("bootstrap.servers", bootstrap));
        return bench.run(List.of(event(1), event(2)), load, FlowPlan.derive(2, LIMITS.size(), 400, 64 << 20));
    }

    /** Whether the group has committed all input. */
    boolean isDone() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        admin.listConsumerGroupOffsets(kafka.get("application.id").toString())
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> committed.put(partition, offset.offset()));
        return committed.equals(ends(topics.input(), IsolationLevel.READ_COMMITTED));
    }

    List<ConsumerRecord<byte[], byte[]>> input() {
        return readAll(topics.input());
    }

    List<ConsumerRecord<byte[], byte[]>> explanations() {
        return readAll(topics.explanations());
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return readAll(topics.deadLetters());
    }

    /** The account of everything that is visible to a read-committed consumer now. */
    OutcomeLedger ledger() {
        OutcomeLedger ledger = new OutcomeLedger();
        input().forEach(record -> ledger.input(record.partition(), record.offset()));
        for (ConsumerRecord<byte[], byte[]> record : explanations()) {
            Explanation explanation = explanations.deserializer().deserialize(record.topic(), record.value());
            assertThat(explanation.getInputs()).hasSize(1);
            RecordInput input = explanation.getInputs().get(0);
            ledger.outcome(record.topic(), record.partition(), input.getPartition(), input.getOffset());
        }
        for (ConsumerRecord<byte[], byte[]> record : deadLetters()) {
            int partition = Integer.parseInt(header(record, "__streams.errors.partition"));
            ledger.outcome(
                    record.topic(),
                    record.partition(),
                    partition,
                    Long.parseLong(header(record, "__streams.errors.offset")));
        }
        return ledger;
    }

    /** Whether any output partition ends in a transaction that is still open. */
    boolean hasOpenTransaction() throws ExecutionException, InterruptedException {
        for (String topic : List.of(topics.explanations(), topics.deadLetters())) {
            if (!ends(topic, IsolationLevel.READ_COMMITTED).equals(ends(topic, IsolationLevel.READ_UNCOMMITTED))) {
                return true;
            }
        }
        return false;
    }

    double replacedThreads() {
        return meters.get("hedgerow.threads.replaced").counter().count();
    }

    double meanBatch() {
        double explained = meters.get("hedgerow.records")
                .tags("status", "explained")
                .counter()
                .count();
        return explained / meters.get("hedgerow.batches").counter().count();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        model.close();
        admin.close();
    }

    private byte[] event(int number) {
        ByteBuffer pixels = ByteBuffer.allocate(INPUT.bytes());
        for (int i = 0; i < INPUT.bytes(); i++) {
            pixels.put(i, (byte) (i * number));
        }
        PredictionEvent event = PredictionEvent.newBuilder()
                .setId("event-" + number)
                .setTime(Instant.now())
                .setSource("it")
                .setModel(new ModelRef("bands", ""))
                .setImage(new RawTensor(
                        TensorType.UINT8, List.of(INPUT.height(), INPUT.width(), INPUT.channels()), pixels))
                .setPredictions(List.of())
                .setClasses(List.of())
                .setRatio(null)
                .setAttributes(Map.of())
                .build();
        return events.serializer().serialize(topics.input(), event);
    }

    private List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> consumerSettings =
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "fetch.max.wait.ms", 50);
        try (var consumer =
                new KafkaConsumer<>(consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = ends(topic, IsolationLevel.READ_COMMITTED);
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(500)).forEach(records::add);
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return records;
    }

    private Map<TopicPartition, Long> ends(String topic, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }
}
