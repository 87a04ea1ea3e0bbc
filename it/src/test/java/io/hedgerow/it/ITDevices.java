package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.bench.MadeUpEvents;
import io.hedgerow.bench.SimulatedModel;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.device.DeviceException;
import io.hedgerow.device.DeviceHealth;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.UserCache;
import io.hedgerow.maps.RelevanceMap;
import io.hedgerow.models.LoadedModel;
import io.hedgerow.models.ModelRepository;
import io.hedgerow.models.ModelSource;
import io.hedgerow.models.ModelTable;
import io.hedgerow.preprocess.ModelYaml;
import io.hedgerow.preprocess.Preprocessing;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.service.DeviceProvider;
import io.hedgerow.service.HedgerowService;
import io.hedgerow.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several devices in one instance, and instances with several devices. */
class ITDevices {
    private static final String REGISTRY = "mock://devices";
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final BatchLimits LIMITS =
            new BatchLimits(8, Duration.ofMillis(1), 64, 64 << 20, Duration.ofSeconds(60));

    @TempDir
    static Path directory;

    private static EmbeddedKafka broker;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Map<String, Object> registry = Map.of("schema.registry.url", REGISTRY);
    private final RegistrySerde<PredictionEvent> events = RegistrySerde.of(PredictionEvent.class, registry);
    private final RegistrySerde<Explanation> explanations = RegistrySerde.of(Explanation.class, registry);

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(directory.resolve("kafka"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void shouldGiveInstancesTasksInProportionToTheirDevices() throws Exception {
        Topics topics = topics("shares", 14);
        Account account = account("shares", topics);
        var unused = start("shares", "one", topics, simulated(1));
        HedgerowService two = start("shares", "two", topics, simulated(2));
        unused = start("shares", "four", topics, simulated(4));

        await().atMost(LONG).ignoreExceptions().until(() -> shares(account).equals(List.of(2, 4, 8)));
        two.close();

        await().atMost(LONG).ignoreExceptions().until(() -> shares(account).equals(List.of(3, 0, 11)));
    }

    /** Logical CPU devices in the place of GPUs. */
    @Test
    void shouldKeepFourDevicesBusyWithEqualResults() throws Exception {
        Path folder = BundledModel.SURFACE_UNBIASED.unpack(directory);
        ModelYaml yaml = ModelYaml.of(folder);
        ModelSource source = new ModelSource("surface", "", folder, yaml, CompileOptions.DEFAULT, 2);
        ModelRepository repository =
                new ModelRepository(new UserCache(directory.resolve("cache")), new Compiler(), CompileProgress.NONE);
        List<ModelTable> devices = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TensorFlowDevice device = TensorFlowDevice.parse("cpu:" + i);
            LoadedModel model = repository.load(source, device, LIMITS);
            opened.add(model::close);
            devices.add(new ModelTable(device.toString(), List.of(model)));
        }
        Topics topics = topics("four", 8);
        List<byte[]> pictures =
                new MadeUpEvents(128, 128).encoded(1, new ModelRef("surface", ""), topics.input(), events.serializer());
        var unused = start("four", "four", topics, devices);
        Account account = account("four", topics);
        await().atMost(LONG).ignoreExceptions().until(() -> account.shares("four")
                .equals(Collections.nCopies(8, 1)));
        send(topics, pictures.get(0), 400, 8);

        List<Explanation> explained = read(topics, 400);
        Map<String, Long> share =
                explained.stream().collect(Collectors.groupingBy(Explanation::getDevice, Collectors.counting()));

        assertThat(share).isEqualTo(Map.of("cpu", 100L, "cpu:1", 100L, "cpu:2", 100L, "cpu:3", 100L));
        ClassExplanation first = explained.get(0).getClasses().get(0);
        float[] values = new RelevanceMap(first.getMap()).values();
        // Batches of other sizes add up in another order: no more than a step of what is stored.
        float step = first.getMap().getScale() * 1.01f;
        assertThat(explained).allSatisfy(explanation -> {
            ClassExplanation other = explanation.getClasses().get(0);
            assertThat(other.getClassIndex()).isEqualTo(first.getClassIndex());
            assertThat(other.getScore()).isCloseTo(first.getScore(), within(1e-4f));
            assertThat(new RelevanceMap(other.getMap()).values()).containsExactly(values, within(step));
        });
    }

    @Test
    void shouldTryAFailedDeviceAgainAndReplaceNoThreadMeanwhile() throws Exception {
        AtomicBoolean lost = new AtomicBoolean(true);
        SimulatedModel model = simulated();
        FaultyModel faulty = new FaultyModel(model, LIMITS, images -> {
            if (lost.get()) {
                throw new DeviceException("lost");
            }
        });
        opened.add(faulty);
        Topics topics = topics("lost", 2);
        byte[] picture = new MadeUpEvents(64, 64)
                .encoded(1, new ModelRef("bands", ""), topics.input(), events.serializer())
                .get(0);
        send(topics, picture, 40, 2);
        HedgerowService service = start("lost", "lost", topics, List.of(new ModelTable("gpu:0", List.of(faulty))));
        // tried at once, after 1, 2 and 4 seconds
        await().dontCatchUncaughtExceptions()
                .atMost(LONG)
                .until(() -> faulty.health().failures() >= 4);
        lost.set(false);

        assertThat(read(topics, 40)).hasSize(40);
        assertThat(faulty.health().state()).isEqualTo(DeviceHealth.State.UP);
        assertThat(faulty.health().failures()).isEqualTo(4);
        assertThat(Metric.sum(service.port(), "hedgerow_threads_replaced_total", ""))
                .as("two threads, each once for each failure at most")
                .isBetween(4.0, 8.0);
        assertThat(Metric.sum(service.port(), "hedgerow_device_up", "device=\"gpu:0\""))
                .isEqualTo(1);
        assertThat(Metric.sum(service.port(), "hedgerow_device_failures_total", "device=\"gpu:0\""))
                .isEqualTo(4);
    }

    private static List<Integer> shares(Account account) throws Exception {
        List<Integer> shares = new ArrayList<>();
        for (String instance : List.of("one", "two", "four")) {
            shares.add(account.assigned(instance).size());
        }
        return shares;
    }

    private List<ModelTable> simulated(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ModelTable("simulated:" + i, List.of(simulated())))
                .toList();
    }

    private SimulatedModel simulated() {
        SimulatedModel model = new SimulatedModel(
                "bands",
                new TensorSpec(16, 16, 3, ElementType.UINT8),
                Preprocessing.defaults(),
                4,
                Duration.ofMillis(1),
                Duration.ZERO,
                LIMITS);
        opened.add(model);
        return model;
    }

    private HedgerowService start(String application, String instance, Topics topics, List<ModelTable> devices)
            throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("application.id", application);
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        settings.put("kafka.client.id", instance);
        settings.put(
                "kafka.state.dir",
                directory.resolve("state-" + application + "-" + instance).toString());
        settings.put("kafka.main.consumer.session.timeout.ms", "3000");
        settings.put("kafka.main.consumer.heartbeat.interval.ms", "300");
        settings.put("registry.schema.registry.url", REGISTRY);
        settings.put("models[0].name", "provided");
        settings.put("models[0].path", "provided");
        settings.put("batch.size", Integer.toString(LIMITS.size()));
        settings.put("topics.events", topics.input());
        settings.put("topics.explanations", topics.explanations());
        settings.put("topics.dead-letters", topics.deadLetters());
        settings.put("audit.enabled", "false");
        settings.put("monitor.enabled", "false");
        settings.put("http.port", "0");
        HedgerowService service = new HedgerowService(ConfigReader.of(settings), "it", DeviceProvider.of(devices, 400));
        opened.add(service);
        service.start();
        return service;
    }

    private Account account(String application, Topics topics) {
        Account account = new Account(broker.bootstrapServers(), application, topics, explanations.deserializer());
        opened.add(account);
        return account;
    }

    private static Topics topics(String name, int partitions) {
        Topics topics = new Topics(name + "-events", name + "-explanations", name + "-dlq");
        for (String topic : List.of(topics.input(), topics.explanations(), topics.deadLetters())) {
            broker.createTopic(topic, partitions, Map.of());
        }
        return topics;
    }

    private static void send(Topics topics, byte[] value, int count, int partitions) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                var unused = producer.send(new ProducerRecord<>(topics.input(), i % partitions, null, value));
            }
            producer.flush();
        }
    }

    private List<Explanation> read(Topics topics, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                topics.explanations(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        List<Explanation> read = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), explanations.deserializer())) {
            consumer.subscribe(List.of(topics.explanations()));
            await().dontCatchUncaughtExceptions().atMost(LONG).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(record.value()));
                return read.size() >= count;
            });
        }
        return read;
    }
}
