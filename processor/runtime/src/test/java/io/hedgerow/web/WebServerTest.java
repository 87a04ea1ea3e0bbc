package io.hedgerow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hedgerow.stream.ThreadFaults;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebServerTest {
    private final AtomicReference<State> state = new AtomicReference<>(State.CREATED);
    private final AtomicReference<Health> device =
            new AtomicReference<>(new Health("device cpu", true, true, "computing"));
    private final Metrics metrics = new Metrics("1.2.3");
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    WebServerTest() throws BindException {
        server = new WebServer(
                new HttpSettings(0, "127.0.0.1"),
                List.of(new StreamsHealth(state::get, new ThreadFaults()), device::get),
                metrics::scrape,
                routes -> routes.get("/part", context -> context.result("of the process")));
    }

    @AfterEach
    void close() {
        server.close();
        metrics.close();
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, 200, 503",
        "REBALANCING, 200, 503",
        "RUNNING, 200, 200",
        "PENDING_SHUTDOWN, 200, 503",
        "NOT_RUNNING, 200, 503",
        "PENDING_ERROR, 503, 503",
        "ERROR, 503, 503"
    })
    void shouldTellLivenessFromReadiness(State now, int live, int ready) throws Exception {
        state.set(now);

        assertThat(get("/livez").statusCode()).isEqualTo(live);
        assertThat(get("/readyz").statusCode()).isEqualTo(ready);
        assertThat(get("/readyz").body()).contains("streams: " + now);
    }

    @Test
    void shouldBeAsReadyAsItsLeastReadyPart() throws Exception {
        state.set(State.RUNNING);
        device.set(new Health("device cpu", true, false, "hung, tried again in 5 s"));

        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body())
                .isEqualTo("streams: RUNNING\ndevice cpu: hung, tried again in 5 s (not ready)\n");
    }

    @Test
    void shouldNotBeReadyIfAPartIsDead() throws Exception {
        state.set(State.RUNNING);
        device.set(new Health("device cpu", false, true, "gone"));

        assertThat(get("/readyz").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldServeMetersOfTheProcessAndOfOthers() throws Exception {
        metrics.registry().counter("hedgerow.events", "outcome", "explained").increment(3);

        HttpResponse<String> response = get("/metrics");

        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("text/plain").contains("version=0.0.4"));
        assertThat(response.body())
                .contains("hedgerow_events_total{outcome=\"explained\"} 3.0")
                .contains("hedgerow_info{version=\"1.2.3\"} 1")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void shouldServeKafkaStreamsOwnMeters() throws Exception {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in").to("out");
        Properties properties = new Properties();
        properties.put("application.id", "web-test");
        properties.put("bootstrap.servers", "localhost:1");
        try (KafkaStreams streams = new KafkaStreams(builder.build(), properties)) {
            metrics.bind(streams);

            assertThat(get("/metrics").body())
                    .containsPattern("(?m)^# TYPE kafka_stream_alive_stream_threads gauge$")
                    .containsPattern("(?m)^kafka_stream_thread_commit_total\\{thread=\"1\"} 0.0$")
                    .doesNotContain("NaN", "client_id", "web-test-")
                    .doesNotContainPattern("(?m)^# HELP \\S+ *$")
                    .satisfies(body -> assertThat(body.length()).isLessThan(30_000));
        }
    }

    @Test
    void shouldKeepItsInformationAfterGarbageCollection() throws Exception {
        System.gc();

        assertThat(get("/metrics").body()).contains("hedgerow_info{version=\"1.2.3\"} 1");
    }

    @Test
    void shouldServeWhatPartsOfTheProcessAdd() throws Exception {
        assertThat(get("/part").body()).isEqualTo("of the process");
    }

    @Test
    void shouldServeNothingElse() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/readyz").headers().firstValue("Server")).isEmpty();
    }

    @Test
    void shouldSayThatThePortIsTaken() {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() ->
                        new WebServer(new HttpSettings(server.port(), "127.0.0.1"), List.of(), () -> "", pages -> {}))
                .withMessageContaining("127.0.0.1:" + server.port())
                .withMessageContaining("http.port");
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldDocumentWhatItKeepsOfKafkas() throws Exception {
        List<String> documented = Files.readAllLines(Path.of("../../docs/health.md")).stream()
                .filter(line -> line.startsWith("| `kafka_"))
                .map(line -> line.replaceFirst("\\| `([a-z_]+).*", "$1"))
                .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(KafkaMeters.names());
    }
}
