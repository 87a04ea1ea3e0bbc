package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.EncodedImage;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.bench.MadeUpEvents;
import io.hedgerow.serde.RegistrySerde;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Events at a steady rate for a {@link SimulatedService}; broker and service are processes of their own. */
final class SimulatedLine implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int PARTITIONS = 4;
    private static final int PICTURES = 64;

    private final BrokerProcess broker;
    private final String bootstrap;
    private final HttpRegistry registry = new HttpRegistry();
    private final Process service;
    private final int port;
    private final int measuring;
    private final Thread producing;
    private volatile boolean isClosed;
    private final HttpClient client = HttpClient.newHttpClient();

    /** What the service had used at a moment; {@code cpu} in nanoseconds, {@code heap} in bytes after a collection. */
    record Use(long cpu, long explained, long heap, long cpuAfter) {}

    SimulatedLine(Path folder, int perSecond) throws Exception {
        broker = new BrokerProcess(folder.resolve("broker"));
        bootstrap = broker.bootstrapServers();
        create(bootstrap);
        Path home = Files.createDirectories(folder.resolve("service"));
        Path log = folder.resolve("service.log");
        service = JavaProcess.start(
                log,
                SimulatedService.class,
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                bootstrap,
                registry.url(),
                home.toString());
        Path file = home.resolve("ports");
        await().atMost(LONG).until(() -> Files.exists(file) || !service.isAlive());
        assertThat(service.isAlive()).as(Files.readString(log)).isTrue();
        String[] ports = Files.readString(file).split(" ");
        port = Integer.parseInt(ports[0]);
        measuring = Integer.parseInt(ports[1]);
        producing = new Thread(() -> produce(perSecond), "line");
        producing.start();
    }

    int port() {
        return port;
    }

    /** Writes a record that no service of ours wrote. */
    <T extends SpecificRecordBase> void put(String topic, Class<T> type, T value) throws Exception {
        try (var serde = RegistrySerde.of(type, Map.of("schema.registry.url", registry.url()));
                var others = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", bootstrap),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            others.send(new ProducerRecord<>(
                            topic, new byte[1], serde.serializer().serialize(topic, value)))
                    .get();
        }
    }

    Use use() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + measuring + "/measure"))
                .build();
        String[] numbers = client.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .split(" ");
        return new Use(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]));
    }

    private static void create(String bootstrap) throws InterruptedException, ExecutionException {
        // What nobody reads any more is deleted soon: a minute is half a gigabyte.
        Map<String, String> little = Map.of("retention.bytes", "100000000", "segment.bytes", "25000000");
        List<NewTopic> topics = Stream.concat(
                        Stream.of(
                                        SimulatedService.TOPICS.input(),
                                        SimulatedService.TOPICS.explanations(),
                                        SimulatedService.TOPICS.deadLetters())
                                .map(name -> new NewTopic(name, PARTITIONS, (short) 1).configs(little)),
                        SimulatedService.MONITOR.all().stream().map(name -> new NewTopic(name, 1, (short) 1)))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(topics).all().get();
        }
    }

    private void produce(int perSecond) {
        List<byte[]> pictures = new MadeUpEvents(SimulatedService.SIDE, SimulatedService.SIDE).pictures(PICTURES);
        try (var serde = RegistrySerde.of(PredictionEvent.class, Map.of("schema.registry.url", registry.url()));
                var producer = new KafkaProducer<String, PredictionEvent>(
                        Map.of("bootstrap.servers", bootstrap, "linger.ms", 5),
                        new StringSerializer(),
                        serde.serializer())) {
            long start = System.nanoTime();
            for (long sent = 0; !isClosed; sent++) {
                long due = start + sent * 1_000_000_000L / perSecond;
                while (System.nanoTime() < due && !isClosed) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                var unused = producer.send(new ProducerRecord<>(
                        SimulatedService.TOPICS.input(), (int) (sent % PARTITIONS), null, event(sent, pictures.get((int)
                                (sent % PICTURES)))));
            }
        }
    }

    private static PredictionEvent event(long number, byte[] picture) {
        return PredictionEvent.newBuilder()
                .setId("part-" + number)
                .setTime(Instant.now())
                .setSource("line")
                .setModel(new ModelRef(SimulatedService.MODEL, ""))
                .setImage(new EncodedImage(ByteBuffer.wrap(picture), "image/jpeg"))
                .setPredictions(List.of())
                .setClasses(List.of())
                .setAttributes(Map.of())
                .build();
    }

    @Override
    public void close() throws Exception {
        isClosed = true;
        producing.join();
        service.destroyForcibly().waitFor();
        broker.close();
        registry.close();
    }
}
