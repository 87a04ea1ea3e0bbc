package io.hedgerow.it;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hedgerow.bench.SimulatedModel;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.models.ModelTable;
import io.hedgerow.preprocess.Preprocessing;
import io.hedgerow.service.DeviceProvider;
import io.hedgerow.service.HedgerowService;
import io.hedgerow.service.Stop;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The process that {@code hedgerow run} starts, but for its device, which only takes its time: explaining, monitoring, health,
 * metrics and the dashboard. At {@code /measure} of another port it says what it has used so far.
 */
final class SimulatedService {
    static final Topics TOPICS = new Topics("prediction-events", "explanations", "explanations-dlq");
    static final MonitorTopics MONITOR = MonitorTopics.DEFAULT;
    static final String MODEL = "bands";
    static final int SIDE = 96;

    private static final int CLASSES = 8;
    private static final int BATCH = 32;
    private static final int IMAGES_PER_SECOND = 2_000;
    private static final int MEMORY = 64 << 20;

    private SimulatedService() {}

    /** The process: brokers' address, registry's, and a folder to put its ports into. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[2]);
        Map<String, String> values = new HashMap<>();
        values.put("application.id", "cost");
        values.put("kafka.bootstrap.servers", arguments[0]);
        values.put("kafka.state.dir", folder + "/state");
        values.put("registry.schema.registry.url", arguments[1]);
        values.put("models[0].name", MODEL);
        values.put("models[0].path", "simulated");
        values.put("batch.size", Integer.toString(BATCH));
        values.put("limits.read-ahead-bytes", MEMORY / (1 << 20) + "MB");
        // What is asked of the device besides would be measured with it.
        values.put("monitor.faithfulness", "0");
        values.put("audit.enabled", "false");
        values.put("http.port", "0");
        SimulatedModel model = new SimulatedModel(
                MODEL,
                new TensorSpec(SIDE, SIDE, 3, ElementType.UINT8),
                Preprocessing.defaults(),
                CLASSES,
                Duration.ofMillis(2),
                Duration.ofNanos(400_000),
                new BatchLimits(BATCH, Duration.ofMillis(2), 8 * BATCH, MEMORY, Duration.ofSeconds(20)));
        try (HedgerowService service = new HedgerowService(
                ConfigReader.of(values),
                "cost",
                DeviceProvider.of(List.of(new ModelTable("simulated", List.of(model))), IMAGES_PER_SECOND))) {
            service.start();
            HttpServer measuring = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            measuring.createContext("/measure", exchange -> answer(exchange, service.port()));
            measuring.start();
            String ports = service.port() + " " + measuring.getAddress().getPort();
            Path written = Files.writeString(folder.resolve("ports.new"), ports);
            Files.move(written, folder.resolve("ports"));
            service.await(new Stop(Duration.ZERO));
        }
    }

    private static void answer(HttpExchange exchange, int port) throws IOException {
        byte[] text;
        try {
            text = measure(port).getBytes(StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    /** Nanoseconds of CPU, explained events, bytes of heap after a collection, nanoseconds of CPU after that. */
    private static String measure(int port) throws IOException, InterruptedException {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        double explained = Metric.sum(port, "hedgerow_records_total", "status=\"explained\"");
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return "%d %d %d %d".formatted(cpu, (long) explained, heap, process.getProcessCpuTime());
    }
}
