package io.hedgerow.bench;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.stream.ReadAheadPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Measures devices on this machine behind a broker of its own. */
public final class BrokerBenchmark {
    /** Opens the devices, with these limits. */
    @FunctionalInterface
    public interface Opening {
        BenchDevices open(BatchLimits limits) throws IOException;
    }

    private static final Map<String, Object> REGISTRY = Map.of("schema.registry.url", "mock://hedgerow-bench");
    /** All stream threads are to begin at once, with partitions that stay theirs: they come within a second. */
    private static final Map<String, String> BROKER = Map.of("group.initial.rebalance.delay.ms", "1000");

    private static final int DIFFERENT_EVENTS = 100;
    private static final long QUEUE_BYTES = 512L << 20;
    private static final long ENCODED_BYTES = 256L << 20;

    private final Workload work;
    private final int batch;
    private final int pairs;

    /** Takes what is asked for, the largest batch, and of how many pairs the medians are taken. */
    public BrokerBenchmark(Workload work, int batch, int pairs) {
        this.work = work;
        this.batch = batch;
        this.pairs = pairs;
    }

    /** Figures by name; folder: empty, for the broker's data and Streams' state. */
    public Map<String, Object> run(Opening opening, Path folder) throws IOException, InterruptedException {
        BatchLimits limits = new BatchLimits(
                batch, Duration.ofMillis(1), Math.max(256, 4 * batch), QUEUE_BYTES, Duration.ofMinutes(1));
        RegistrySerde<PredictionEvent> events = RegistrySerde.of(PredictionEvent.class, REGISTRY);
        RegistrySerde<Explanation> explanations = RegistrySerde.of(Explanation.class, REGISTRY);
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"), BROKER);
                BenchDevices devices = opening.open(limits)) {
            int images = work.images(devices.imagesPerSecond() * work.devices());
            int different = Math.min(DIFFERENT_EVENTS, images);
            List<byte[]> encoded = encoded(different, work.pictures().apply(devices.input()), devices, events);
            Map<String, Object> kafka = Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "state.dir",
                    folder.resolve("state").toString());
            StreamParts parts = new StreamParts(devices.explainers(), events, explanations, kafka);
            StreamCost bench = new StreamCost(parts);
            long bytes = encoded.stream().mapToLong(event -> event.length).sum() / encoded.size();
            IntFunction<ReadAheadPlan> plan = count -> ReadAheadPlan.derive(
                            work.threads() * count, batch, count * devices.imagesPerSecond(), ENCODED_BYTES)
                    .within(ENCODED_BYTES, work.partitions(), bytes);
            Load load = new Load(images, work.partitions(), pairs);
            AuditCost audit = new AuditCost(
                    parts,
                    RegistrySerde.of(AuditEntry.class, REGISTRY),
                    RegistrySerde.of(AuditCheckpoint.class, REGISTRY));
            MonitorCost monitor = new MonitorCost(parts, REGISTRY);
            ReadAheadPlan all = plan.apply(work.devices());
            try (BenchDevices instant = devices.instant(limits)) {
                // Small pictures will do: what is to be compiled is the same for all.
                TensorSpec input = instant.input();
                List<byte[]> small =
                        encoded(different, new MadeUpEvents(input.width(), input.height()), instant, events);
                if (work.monitor()) {
                    monitor.warmUp(instant.explainers(), small, work.partitions(), all);
                } else if (work.audit()) {
                    audit.warmUp(instant.explainers(), small, work.partitions(), all);
                } else {
                    bench.warmUp(instant.explainers(), small, work.partitions(), all);
                }
            }
            if (work.monitor()) {
                return figures(monitor.run(encoded, load, all), images);
            }
            if (work.audit()) {
                return figures(audit.run(encoded, load, all), images);
            }
            StreamCost.Result result = bench.run(encoded, load, plan);
            Map<String, Object> figures = figures(result, images);
            if (work.latency()) {
                StreamCost.Latency latency =
                        bench.latency(encoded, work.partitions(), all, result.bareImagesPerSecond());
                figures.put("explanation_p99_ms", latency.explanation());
                figures.put("latency_p99_idle_ms", latency.idle());
                figures.put("latency_p99_loaded_ms", latency.loaded());
            }
            figures.put("event_bytes", bytes);
            return figures;
        }
    }

    private Map<String, Object> figures(AuditCost.Result result, int images) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("plain_images_per_second", result.plainImagesPerSecond());
        figures.put("audit_images_per_second", result.auditImagesPerSecond());
        figures.put("audit_to_plain", work.measured(result.auditToPlain().value(), images));
        figures.put("audit_to_plain_error", result.auditToPlain().standardError());
        figures.put("images", images);
        figures.put("partitions", work.partitions());
        figures.put("pairs", pairs);
        return figures;
    }

    private Map<String, Object> figures(MonitorCost.Result result, int images) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("plain_images_per_second", result.plainImagesPerSecond());
        figures.put("monitored_images_per_second", result.monitoredImagesPerSecond());
        figures.put(
                "monitored_to_plain", work.measured(result.monitoredToPlain().value(), images));
        figures.put("monitored_to_plain_error", result.monitoredToPlain().standardError());
        figures.put("images", images);
        figures.put("partitions", work.partitions());
        figures.put("pairs", pairs);
        return figures;
    }

    private List<byte[]> encoded(
            int count, MadeUpEvents pictures, BenchDevices devices, RegistrySerde<PredictionEvent> events) {
        return pictures.encoded(count, devices.reference(), "bench", events.serializer());
    }

    private Map<String, Object> figures(StreamCost.Result result, int images) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("bare_images_per_second", result.bareImagesPerSecond());
        figures.put("stream_images_per_second", result.streamImagesPerSecond());
        figures.put("stream_to_bare", work.measured(result.streamToBare().value(), images));
        figures.put("stream_to_bare_error", result.streamToBare().standardError());
        figures.put("mean_batch", result.meanBatch());
        figures.put("device_busy", result.deviceBusy());
        if (work.devices() > 1) {
            figures.put("devices_to_one", work.measured(result.devicesToOne(), images));
        }
        figures.put("images", images);
        figures.put("partitions", work.partitions());
        figures.put("pairs", pairs);
        return figures;
    }
}
