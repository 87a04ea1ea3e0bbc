package io.hedgerow.bench;

import io.hedgerow.PredictionEvent;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.serde.RegistrySerde;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where measurements take place, and what all of them have in common; all else is as a configuration that says nothing of it.
 *
 * @param bootstrapServers of the broker; topics and groups are made, and left behind, for each measurement
 * @param registry its address
 * @param state folder for Kafka Streams' state
 * @param batch most images in a batch
 * @param threads stream threads for each device
 */
public record MeasuredCluster(String bootstrapServers, String registry, String state, int batch, int threads) {
    private static final String REGISTRY = "mock://hedgerow-bench";
    private static final int LEAST_QUEUE = 256;

    /** Takes a broker of the measurement's own, and an empty folder. */
    static MeasuredCluster of(EmbeddedKafka broker, Path folder, int batch, int threads) {
        return new MeasuredCluster(
                broker.bootstrapServers(), REGISTRY, folder.resolve("state").toString(), batch, threads);
    }

    /** Bounds of a device's batches. */
    public BatchLimits limits() {
        return config("hedgerow-bench", 1, Map.of()).devices().batch();
    }

    /** Reads and writes events. */
    public RegistrySerde<PredictionEvent> events() {
        return RegistrySerde.of(PredictionEvent.class, Map.of("schema.registry.url", registry));
    }

    /**
     * As hedgerow.yaml would have it.
     *
     * @param more lines by their keys
     */
    HedgerowConfig config(String application, int devices, Map<String, String> more) {
        Map<String, String> values = new HashMap<>();
        values.put("application.id", application);
        values.put("kafka.bootstrap.servers", bootstrapServers);
        values.put("kafka.state.dir", state);
        values.put("kafka.num.stream.threads", Integer.toString(threads * devices));
        values.put("registry.schema.registry.url", registry);
        // Measurements bring devices with their models; a configuration names one all the same.
        values.put("models[0].name", "measured");
        values.put("models[0].path", "measured");
        values.put("batch.size", Integer.toString(batch));
        values.put("batch.queue", Integer.toString(Math.max(LEAST_QUEUE, 4 * batch)));
        values.put("topics.events", application + "-events");
        values.put("topics.explanations", application + "-explanations");
        values.put("topics.dead-letters", application + "-dlq");
        values.put("topics.audit", application + "-audit");
        values.put("topics.checkpoints", application + "-checkpoints");
        values.put("topics.profiles", application + "-profiles");
        values.put("topics.references", application + "-references");
        values.put("topics.alerts", application + "-alerts");
        values.put("audit.enabled", "false");
        values.put("monitor.enabled", "false");
        values.put("http.port", "0");
        values.putAll(more);
        return ConfigReader.of(values);
    }
}
