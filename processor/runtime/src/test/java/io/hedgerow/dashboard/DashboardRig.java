package io.hedgerow.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.Alert;
import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.dashboard.security.AccessSettings;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import io.hedgerow.web.HttpSettings;
import io.hedgerow.web.Metrics;
import io.hedgerow.web.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecordBase;

/** A dashboard on topics in memory, behind the server that production has. */
final class DashboardRig implements AutoCloseable {
    static final Topics TOPICS = new Topics(
            "prediction-events", "explanations", "explanations-dlq", "explanations-audit", "explanations-checkpoints");
    static final MonitorTopics MONITOR = MonitorTopics.DEFAULT;
    static final int PARTITIONS = 2;

    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://dashboard-test");
    private static final ObjectMapper JSON = new ObjectMapper();

    final MemoryTopics topics = new MemoryTopics();
    final List<ReferenceEntry> answers = new CopyOnWriteArrayList<>();
    final HttpClient client = HttpClient.newHttpClient();

    /** Why monitoring is off. */
    volatile String off = "";

    private final RegistrySerde<Profile> profiles = RegistrySerde.of(Profile.class, REGISTRY);
    private final RegistrySerde<ReferenceEntry> references = RegistrySerde.of(ReferenceEntry.class, REGISTRY);
    private final RegistrySerde<Alert> alerts = RegistrySerde.of(Alert.class, REGISTRY);
    private final RegistrySerde<Explanation> explanations = RegistrySerde.of(Explanation.class, REGISTRY);
    private final RegistrySerde<PredictionEvent> events = RegistrySerde.of(PredictionEvent.class, REGISTRY);
    private final RegistrySerde<AuditEntry> entries = RegistrySerde.of(AuditEntry.class, REGISTRY);
    private final RegistrySerde<AuditCheckpoint> checkpoints = RegistrySerde.of(AuditCheckpoint.class, REGISTRY);
    private final Metrics metrics = new Metrics("1.2.3");
    private final Dashboard dashboard;
    private final WebServer server;

    /** On this machine alone. */
    DashboardRig() throws Exception {
        this(AccessSettings.NONE, "127.0.0.1");
    }

    /** As if it listened on another address; it is reached on this machine whatever that is. */
    DashboardRig(AccessSettings access, String address) throws Exception {
        for (String topic : List.of(TOPICS.input(), TOPICS.explanations(), TOPICS.audit(), TOPICS.checkpoints())) {
            topics.create(topic, PARTITIONS);
        }
        MONITOR.all().forEach(topic -> topics.create(topic, 1));
        dashboard = new Dashboard(new DashboardSources(
                "1.2.3",
                "hedgerow",
                access,
                address,
                TOPICS,
                MONITOR,
                MonitorSettings.usual(),
                () -> off,
                topics::consumer,
                REGISTRY,
                new ImageDecoder(),
                metrics.registry(),
                metrics::lag,
                answers::addAll));
        server = new WebServer(
                new HttpSettings(0, "127.0.0.1"), List.of(), metrics::scrape, routes -> dashboard.addTo(routes));
        dashboard.start();
    }

    int readers() {
        return dashboard.readers();
    }

    int port() {
        return server.port();
    }

    void add(Profile profile) {
        put(MONITOR.profiles(), 0, profile.getWindowEnd().toEpochMilli(), profiles, profile);
    }

    void add(ReferenceEntry entry) {
        put(MONITOR.references(), 0, entry.getTime().toEpochMilli(), references, entry);
    }

    void add(Alert alert) {
        put(MONITOR.alerts(), 0, alert.getWindowEnd().toEpochMilli(), alerts, alert);
    }

    long add(int partition, Explanation explanation) {
        return put(TOPICS.explanations(), partition, explanation.getTime().toEpochMilli(), explanations, explanation);
    }

    /** As {@link #add(int, Explanation)}, of an event that was sent some time after it happened. */
    long sentAt(Instant sent, int partition, Explanation explanation) {
        return put(TOPICS.explanations(), partition, sent.toEpochMilli(), explanations, explanation);
    }

    long add(int partition, PredictionEvent event) {
        return put(TOPICS.input(), partition, event.getTime().toEpochMilli(), events, event);
    }

    /** Adds an entry of the audit trail; returns the value that was stored. */
    byte[] add(int partition, AuditEntry entry) {
        byte[] value = entries.serializer().serialize(TOPICS.audit(), entry);
        topics.add(TOPICS.audit(), partition, entry.getRecordedAt().toEpochMilli(), value);
        return value;
    }

    void add(int partition, AuditCheckpoint checkpoint, long time) {
        put(TOPICS.checkpoints(), partition, time, checkpoints, checkpoint);
    }

    JsonNode json(String path) throws Exception {
        return JSON.readTree(get(path).body());
    }

    HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() throws Exception {
        dashboard.close();
        server.close();
        metrics.close();
    }

    private <T extends SpecificRecordBase> long put(
            String topic, int partition, long time, RegistrySerde<T> serde, T record) {
        return topics.add(topic, partition, time, serde.serializer().serialize(topic, record));
    }
}
