package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.topics.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of {@code hedgerow run} with the tiny model. */
final class Instance implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Pattern PORT = Pattern.compile("health and metrics are at port (\\d+)");
    /** Compiling to the last bit costs more than it gains while processes live for seconds. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("HEDGEROW_OPTS", "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");

    private final Launcher launcher;

    private Instance(Launcher launcher) {
        this.launcher = launcher;
    }

    /** Starts a process with a {@link #config}. */
    static Instance start(Path folder, String config) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "hedgerow", ".yaml"), config);
        return new Instance(Launcher.start(folder, Launcher.COMMAND, ENVIRONMENT, "run", "--config", file.toString()));
    }

    /**
     * A hedgerow.yaml.
     *
     * @param name begins the client ids of the instance's members
     * @param more lines at its end
     */
    static String config(String application, String name, String bootstrap, String registry, String more) {
        return """
                application.id: %s
                kafka.bootstrap.servers: %s
                kafka.client.id: %s
                # Faults are to find some outcomes visible and others still to come.
                kafka.commit.interval.ms: 200
                registry.schema.registry.url: %s
                models:
                  - name: %s
                    path: %s
                devices: cpu
                http.port: 0
                %s
                """
                .formatted(application, bootstrap, name, registry, TinyEvents.MODEL, TinyEvents.MODEL_PATH, more);
    }

    /** Lines for hedgerow.yaml; the audit trail has a test of its own. */
    static String topics(Topics topics) {
        return """
                topics.events: %s
                topics.explanations: %s
                topics.dead-letters: %s
                audit.enabled: false
                """
                .formatted(topics.input(), topics.explanations(), topics.deadLetters());
    }

    /** Waits until it has work in hand. */
    void awaitReady() throws Exception {
        await().atMost(LONG).until(() -> !isAlive() || isReady());
        assertThat(isAlive()).as(log()).isTrue();
    }

    boolean isAlive() {
        return launcher.process().isAlive();
    }

    /** As SIGTERM asks. */
    void terminate() {
        launcher.process().destroy();
    }

    /** As {@code kill -9} does; returns when the process is gone. */
    void kill() throws Exception {
        launcher.process().destroyForcibly().waitFor();
    }

    /** What it left when it has ended. */
    Launcher.Result result() throws Exception {
        return launcher.await();
    }

    String log() throws Exception {
        return launcher.err();
    }

    private boolean isReady() throws Exception {
        return PORT.matcher(log()).find() && get("/readyz").statusCode() == 200;
    }

    /** What it answers over HTTP, once it serves. */
    HttpResponse<String> get(String path) throws Exception {
        Matcher port = PORT.matcher(log());
        assertThat(port.find()).as(log()).isTrue();
        URI address = URI.create("http://127.0.0.1:" + port.group(1) + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws Exception {
        kill();
    }
}
