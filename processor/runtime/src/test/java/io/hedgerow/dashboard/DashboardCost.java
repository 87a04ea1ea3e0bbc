package io.hedgerow.dashboard;

import io.hedgerow.AttributionMap;
import io.hedgerow.Explanation;
import io.hedgerow.RecordInput;
import io.hedgerow.dashboard.security.AccessSettings;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.web.HttpSettings;
import io.hedgerow.web.Metrics;
import io.hedgerow.web.WebServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the dashboard's threads cost while explanations come in at a steady rate and three browsers look, one of which reads
 * nothing, beside what they cost while nobody does. Arguments: seconds, explanations a second, side of their maps.
 */
public final class DashboardCost {
    private static final String REGISTRY = "mock://dashboard-cost";
    private static final int PARTITIONS = 4;

    private DashboardCost() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        int side = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 224;
        Path folder = Files.createTempDirectory("dashboard-cost");
        Metrics metrics = new Metrics("cost");
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder)) {
            broker.createTopic(DashboardRig.TOPICS.explanations(), PARTITIONS, Map.of("retention.bytes", "100000000"));
            DashboardRig.MONITOR.all().forEach(topic -> broker.createTopic(topic, 1, Map.of()));
            Dashboard dashboard = new Dashboard(new DashboardSources(
                    "cost",
                    "hedgerow",
                    AccessSettings.NONE,
                    "127.0.0.1",
                    DashboardRig.TOPICS,
                    DashboardRig.MONITOR,
                    () -> "",
                    client -> new KafkaConsumer<>(
                            consumer(broker), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                    Map.of("schema.registry.url", REGISTRY),
                    new ImageDecoder(),
                    metrics.registry(),
                    metrics::lag,
                    entries -> {}));
            WebServer server = new WebServer(
                    new HttpSettings(0, "127.0.0.1"), List.of(), metrics::scrape, routes -> dashboard.addTo(routes));
            dashboard.start();
            Thread line = new Thread(() -> publish(broker, rate, side), "line");
            line.setDaemon(true);
            line.start();
            measure("warm-up", seconds);
            measure("nobody looks", seconds);
            List<Socket> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(reader(server.port(), i > 0));
            }
            measure("three look", seconds);
            measure("three look", seconds);
            for (Socket reader : readers) {
                reader.close();
            }
            line.interrupt();
            dashboard.close();
            server.close();
        }
        System.exit(0);
    }

    private static void measure(String what, int seconds) throws InterruptedException {
        System.gc();
        long before = cpu();
        Thread.sleep(1000L * seconds);
        double millis = (cpu() - before) / 1e6 / seconds;
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%s: %.2f ms of CPU a second, heap %.0f MB%n",
                what, millis, (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
    }

    private static long cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null
                    && (info.getThreadName().startsWith("hedgerow-dashboard")
                            || info.getThreadName().startsWith("JettyServerThreadPool")
                            || info.getThreadName().startsWith("qtp"))) {
                sum += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return sum;
    }

    private static Socket reader(int port, boolean reads) throws Exception {
        Socket socket = RawHttp.open(port);
        socket.setSoTimeout(0);
        socket.getOutputStream()
                .write("GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        if (reads) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                        } catch (IOException e) {
                            // Ended.
                        }
                    },
                    "reader");
            thread.setDaemon(true);
            thread.start();
        }
        return socket;
    }

    private static void publish(EmbeddedKafka broker, int rate, int side) {
        byte[] cells = new byte[side * side];
        new Random(1).nextBytes(cells);
        try (RegistrySerde<Explanation> serde =
                        RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", REGISTRY));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "compression.type", "lz4"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            Explanation explanation = Records.explanation(
                    "part", "line", "stain", Instant.now(), new RecordInput("in", 0, 0L), new byte[1]);
            AttributionMap map = explanation.getClasses().get(0).getMap();
            map.setHeight(side);
            map.setWidth(side);
            map.setValues(ByteBuffer.wrap(cells));
            byte[] value = serde.serializer().serialize(DashboardRig.TOPICS.explanations(), explanation);
            System.out.printf("%d bytes an explanation%n", value.length);
            long start = System.nanoTime();
            for (long sent = 0; !Thread.currentThread().isInterrupted(); sent++) {
                long due = start + sent * 1_000_000_000L / rate;
                while (System.nanoTime() < due && !Thread.currentThread().isInterrupted()) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                producer.send(new ProducerRecord<>(
                        DashboardRig.TOPICS.explanations(), (int) (sent % PARTITIONS), null, value));
            }
        } catch (InterruptException e) {
            // The end.
        }
    }

    private static Map<String, Object> consumer(EmbeddedKafka broker) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("fetch.max.bytes", 1 << 20);
        settings.put("max.partition.fetch.bytes", 1 << 20);
        return settings;
    }
}
