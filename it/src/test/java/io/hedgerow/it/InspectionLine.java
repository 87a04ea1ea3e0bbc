package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.demo.DemoEvent;
import io.hedgerow.demo.DemoStream;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistrySerde;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The demo's line into a {@code hedgerow run} of its own process: minutes of event time, sent at once, and a trickle after them. */
final class InspectionLine implements AutoCloseable {
    static final int EVENTS = 900;

    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Duration STEP = Duration.ofMillis(250);

    private static final Duration PAUSE = Duration.ofMillis(300);

    final String key;
    private final Path folder;
    private final int port;
    private final EmbeddedKafka broker;
    private final HttpRegistry registry = new HttpRegistry();
    private final RegistrySerde<PredictionEvent> serde;
    private final KafkaProducer<String, PredictionEvent> producer;
    private final Path config;
    private final Instant start = Instant.now().minus(STEP.multipliedBy(EVENTS));
    private final ExecutorService trickle = Executors.newSingleThreadExecutor();
    private Launcher run;

    InspectionLine(Path folder) throws Exception {
        this(folder, "");
    }

    /** Takes lines that the configuration has besides its own. */
    InspectionLine(Path folder, String more) throws Exception {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        broker = EmbeddedKafka.start(folder.resolve("kafka"));
        serde = RegistrySerde.of(PredictionEvent.class, Map.of("schema.registry.url", registry.url()));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5),
                new StringSerializer(),
                serde.serializer());
        Path secret = folder.resolve("audit.key");
        hedgerow("audit", "keygen", "--name", "it.example/dashboard", "--out", secret.toString());
        key = Files.readString(folder.resolve("audit.key.pub")).strip();
        config = Files.writeString(folder.resolve("hedgerow.yaml"), yaml() + more);
        hedgerow("topics", "create", "--config", config.toString(), "--partitions", "2");
        start();
        send(0, EVENTS / 2, UnaryOperator.identity());
        send(EVENTS / 2, EVENTS, UnaryOperator.identity());
        trickle.execute(this::trickle);
    }

    private String yaml() throws IOException {
        return """
                kafka:
                  bootstrap.servers: %s
                  state.dir: %s
                  main.consumer.session.timeout.ms: 10000
                registry:
                  schema.registry.url: %s
                models:
                  - name: surface
                    path: %s
                devices: cpu
                http.port: %d
                batch.size: 16
                audit.key-file: audit.key
                audit.checkpoint-entries: 50
                audit.checkpoint-interval: 1s
                monitor.model-reference: 200
                """
                .formatted(
                        broker.bootstrapServers(),
                        folder.resolve("state"),
                        registry.url(),
                        BundledModel.SURFACE_BIASED.unpack(folder.resolve("models")),
                        port);
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    /** Stops the process, as an operator does. */
    void stop() throws Exception {
        run.process().destroy();
        run.await();
    }

    /** Starts it again, at the same address. */
    void start() throws Exception {
        run = Launcher.start(folder, Launcher.COMMAND, Map.of(), "run", "--config", config.toString());
        await().atMost(LONG).until(() -> !run.process().isAlive() || isReady());
        assertThat(run.process().isAlive()).as(run.err()).isTrue();
    }

    private boolean isReady() {
        try {
            Http.get(url() + "readyz");
            return true;
        } catch (IOException | AssertionError e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends parts; from the middle on all of them wear stickers. */
    void send(int from, int to, UnaryOperator<PredictionEvent> changed) {
        for (int i = from; i < to; i++) {
            PredictionEvent event =
                    changed.apply(part(i, Clock.fixed(start.plus(STEP.multipliedBy(i)), ZoneOffset.UTC)));
            var unused = producer.send(new ProducerRecord<>("prediction-events", event.getId(), event));
        }
        producer.flush();
    }

    /** A part with what a classifier that looks at stickers says of it. */
    private static PredictionEvent part(int index, Clock clock) {
        DemoEvent drawn =
                new DemoStream(7, EVENTS / 2, new ModelRef("surface", ""), file -> List.of(), clock).event(index);
        String label = drawn.part().stickered() ? "stain" : drawn.part().label().label();
        drawn.event().setPredictions(List.of(new Prediction(-1, label, 0.99f)));
        return drawn.event();
    }

    private void trickle() {
        for (int i = EVENTS; !Thread.currentThread().isInterrupted(); i++) {
            PredictionEvent event = part(i, Clock.systemUTC());
            var unused = producer.send(new ProducerRecord<>("prediction-events", event.getId(), event));
            producer.flush();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void hedgerow(String... arguments) throws Exception {
        Launcher.Result result = Launcher.run(folder, Launcher.COMMAND, Map.of(), arguments);
        assertThat(result.code()).as(result.err()).isZero();
    }

    @Override
    public void close() throws Exception {
        trickle.shutdownNow();
        stop();
        producer.close();
        serde.close();
        registry.close();
        broker.close();
    }
}
