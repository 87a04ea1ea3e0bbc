package io.hedgerow.it;

import com.sun.management.OperatingSystemMXBean;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.bench.SimulatedModel;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.dashboard.Dashboard;
import io.hedgerow.dashboard.DashboardSources;
import io.hedgerow.dashboard.security.AccessSettings;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.ModelTable;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.monitor.stream.MonitorInputs;
import io.hedgerow.monitor.stream.MonitorMeters;
import io.hedgerow.monitor.stream.MonitorSerdes;
import io.hedgerow.monitor.stream.MonitorStreams;
import io.hedgerow.monitor.stream.MonitorTopology;
import io.hedgerow.monitor.stream.Pictures;
import io.hedgerow.preprocess.Preprocessing;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.stream.ExplainSettings;
import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.ReadAheadPlan;
import io.hedgerow.stream.TopologyConnection;
import io.hedgerow.stream.TopologySettings;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;
import io.hedgerow.web.HttpSettings;
import io.hedgerow.web.Metrics;
import io.hedgerow.web.WebServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;

/**
 * A process as {@code hedgerow run} is one, but for its device, which only takes its time: explaining, monitoring, health,
 * metrics and the dashboard. At {@code /measure} it says what it has used so far.
 */
final class SimulatedService {
    static final Topics TOPICS = new Topics("prediction-events", "explanations", "explanations-dlq");
    static final MonitorTopics MONITOR = MonitorTopics.DEFAULT;
    static final String MODEL = "bands";
    static final int SIDE = 96;

    private static final int CLASSES = 8;
    private static final int BATCH = 32;
    private static final int THREADS = 2;
    private static final int IMAGES_PER_SECOND = 2_000;
    private static final int MEMORY = 64 << 20;
    private static final int FETCH = 1 << 20;

    private SimulatedService() {}

    /** The process: brokers' address, registry's, and a folder to put its port into. */
    public static void main(String[] arguments) throws Exception {
        String bootstrap = arguments[0];
        Map<String, String> registry = Map.of("schema.registry.url", arguments[1]);
        Path folder = Path.of(arguments[2]);
        Map<String, Object> kafka =
                Map.of("application.id", "cost", "bootstrap.servers", bootstrap, "state.dir", folder + "/state");
        Metrics metrics = new Metrics("cost");
        KafkaStreams explaining = explaining(kafka, registry, metrics);
        KafkaStreams monitoring = monitoring(kafka, registry, metrics);
        metrics.bind(explaining);
        Dashboard dashboard = new Dashboard(new DashboardSources(
                "cost",
                "cost",
                AccessSettings.NONE,
                "127.0.0.1",
                TOPICS,
                MONITOR,
                MonitorSettings.usual(),
                () -> "",
                client -> consumer(bootstrap, client),
                registry,
                new ImageDecoder(),
                metrics.registry(),
                metrics::lag,
                entries -> {}));
        WebServer server = new WebServer(new HttpSettings(0, "127.0.0.1"), List.of(), metrics::scrape, routes -> {
            dashboard.addTo(routes);
            routes.get("/measure", context -> context.result(measure(metrics)));
        });
        explaining.start();
        monitoring.start();
        dashboard.start();
        Path port = Files.writeString(folder.resolve("port.new"), Integer.toString(server.port()));
        Files.move(port, folder.resolve("port"));
        new CountDownLatch(1).await();
    }

    /** Nanoseconds of CPU, explained events, bytes of heap after a collection, nanoseconds of CPU after that. */
    private static String measure(Metrics metrics) {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        double explained = metrics.registry().find("hedgerow.records").tag("status", "explained").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return "%d %d %d %d".formatted(cpu, (long) explained, heap, process.getProcessCpuTime());
    }

    @SuppressWarnings("resource") // all ends with the process
    private static KafkaStreams explaining(Map<String, Object> kafka, Map<String, String> registry, Metrics metrics) {
        SimulatedModel model = new SimulatedModel(
                MODEL,
                new TensorSpec(SIDE, SIDE, 3, ElementType.UINT8),
                Preprocessing.defaults(),
                CLASSES,
                Duration.ofMillis(2),
                Duration.ofNanos(400_000),
                new BatchLimits(BATCH, Duration.ofMillis(2), 8 * BATCH, MEMORY, Duration.ofSeconds(20)));
        return TopologyConnection.of(
                new HedgerowTopology(
                        new TopologySettings(TOPICS, RecordLimits.DEFAULT, ExplainSettings.DEFAULT, "cost"),
                        List.of(new ModelTable("simulated", List.of(model))),
                        new ImageDecoder(),
                        RegistrySerde.of(PredictionEvent.class, registry).deserializer(),
                        RegistrySerde.of(Explanation.class, registry).serializer(),
                        null,
                        metrics.registry()),
                kafka,
                ReadAheadPlan.derive(THREADS, BATCH, IMAGES_PER_SECOND, MEMORY));
    }

    @SuppressWarnings("resource") // all ends with the process
    private static KafkaStreams monitoring(Map<String, Object> kafka, Map<String, String> registry, Metrics metrics) {
        Clock clock = Clock.systemUTC();
        MonitorSerdes serdes = new MonitorSerdes(registry);
        serdes.prepare(MONITOR);
        return MonitorStreams.connect(
                kafka,
                new MonitorTopology(
                        MonitorInputs.of(TOPICS, MONITOR),
                        MonitorSettings.usual(),
                        serdes,
                        Pictures::none,
                        new MonitorMeters(metrics.registry(), clock),
                        clock));
    }

    /** As a run's dashboard has them. */
    private static Consumer<byte[], byte[]> consumer(String bootstrap, String client) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("client.id", client);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("allow.auto.create.topics", false);
        settings.put("fetch.max.bytes", FETCH);
        settings.put("max.partition.fetch.bytes", FETCH);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
