package io.hedgerow.bench;

import io.hedgerow.PredictionEvent;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.models.Explainer;
import io.hedgerow.serde.RegistrySerde;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures devices on this machine behind a broker of its own. */
public final class BrokerBenchmark {
    /** Opens the devices, with these limits. */
    @FunctionalInterface
    public interface Opening {
        BenchDevices open(BatchLimits limits) throws IOException;
    }

    private static final Map<String, String> BROKER = Map.of(
            // All stream threads are to begin at once, with partitions that stay theirs: they come within a second.
            "group.initial.rebalance.delay.ms",
            "1000",
            // Latency begins where the broker has an event.
            "log.message.timestamp.type",
            "LogAppendTime");

    private static final int DIFFERENT_EVENTS = 100;

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
    public Map<String, Object> run(Opening opening, Path folder) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"), BROKER)) {
            MeasuredCluster cluster = MeasuredCluster.of(broker, folder, batch, work.threads());
            BatchLimits limits = cluster.limits();
            try (BenchDevices devices = opening.open(limits);
                    BenchDevices instant = devices.instant(limits);
                    RegistrySerde<PredictionEvent> events = cluster.events()) {
                int images = work.images(devices.imagesPerSecond() * work.devices());
                int different = Math.min(DIFFERENT_EVENTS, images);
                List<byte[]> encoded = encoded(different, work.pictures().apply(devices.input()), devices, events);
                // Small pictures will do to warm up: what is to be compiled is the same for all.
                TensorSpec input = instant.input();
                List<byte[]> small =
                        encoded(different, new MadeUpEvents(input.width(), input.height()), instant, events);
                Load load = new Load(images, work.partitions(), pairs);
                Measured measured = devices.measured(cluster);
                List<Explainer> standIns = instant.explainers();
                if (work.monitor()) {
                    return figures(
                            "monitored",
                            measured(PartCost.ofMonitor(measured), standIns, small, encoded, load),
                            images);
                }
                if (work.audit()) {
                    return figures(
                            "audit", measured(PartCost.ofAudit(measured), standIns, small, encoded, load), images);
                }
                StreamCost cost = new StreamCost(measured);
                cost.warmUp(standIns, small, work.partitions());
                return streamed(cost, encoded, load);
            }
        }
    }

    private PairedRates measured(
            PartCost cost, List<Explainer> standIns, List<byte[]> small, List<byte[]> encoded, Load load)
            throws Exception {
        cost.warmUp(standIns, small, work.partitions());
        return cost.run(encoded, load);
    }

    private Map<String, Object> streamed(StreamCost cost, List<byte[]> encoded, Load load) throws Exception {
        StreamCost.Result result = cost.run(encoded, load);
        Map<String, Object> figures = figures(result, load.images());
        if (work.latency()) {
            StreamCost.Latency latency = cost.latency(encoded, work.partitions(), result.bareImagesPerSecond());
            figures.put("explanation_p99_ms", latency.explanation());
            figures.put("latency_p99_idle_ms", latency.idle());
            figures.put("latency_p99_loaded_ms", latency.loaded());
        }
        figures.put(
                "event_bytes", encoded.stream().mapToLong(event -> event.length).sum() / encoded.size());
        return figures;
    }

    private Map<String, Object> figures(String other, PairedRates rates, int images) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("plain_images_per_second", rates.plainPerSecond());
        figures.put(other + "_images_per_second", rates.otherPerSecond());
        figures.put(other + "_to_plain", work.measured(rates.otherToPlain().value(), images));
        figures.put(other + "_to_plain_error", rates.otherToPlain().standardError());
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
