package io.hedgerow.topology;

import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.audit.LogHistory;
import io.hedgerow.audit.LogStarts;
import io.hedgerow.explain.Explainer;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.serde.RegistrySerde;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Measures what the audit trail costs: the same encoded events through Kafka with it and without, in turns in one process. */
public final class AuditBench {
    /**
     * What was measured; medians of the pairs.
     *
     * @param plainImagesPerSecond without audit trail
     * @param auditImagesPerSecond with it
     * @param auditToPlain the quotient; the median of the pairs' quotients
     */
    public record Result(double plainImagesPerSecond, double auditImagesPerSecond, double auditToPlain) {}

    /** Images after which the virtual machine has compiled most of what is to be measured. */
    private static final int WARM_UP = 1000;

    private final List<? extends Explainer> devices;
    private final RegistrySerde<PredictionEvent> events;
    private final RegistrySerde<Explanation> explanations;
    private final RegistrySerde<AuditEntry> entries;
    private final Map<String, ?> kafka;

    /**
     * Takes what a {@link HedgerowTopology} takes.
     *
     * @param kafka at least {@code bootstrap.servers}; topics and group are made, and left behind, for each measurement
     */
    public AuditBench(
            List<? extends Explainer> devices,
            RegistrySerde<PredictionEvent> events,
            RegistrySerde<Explanation> explanations,
            RegistrySerde<AuditEntry> entries,
            Map<String, ?> kafka) {
        this.devices = devices;
        this.events = events;
        this.explanations = explanations;
        this.entries = entries;
        this.kafka = kafka;
    }

    /**
     * Measures.
     *
     * @param encoded values of input records
     * @throws IllegalStateException if an event can't be explained
     */
    public Result run(List<byte[]> encoded, StreamBench.Load load, FlowPlan plan) {
        StreamBench.Load warmUp = new StreamBench.Load(Math.min(WARM_UP, load.images()), load.partitions(), 1);
        rate(encoded, warmUp, plan, false);
        rate(encoded, warmUp, plan, true);
        List<Result> pairs = new ArrayList<>();
        for (int pair = 0; pair < load.pairs(); pair++) {
            // Whoever comes second finds a warmer machine.
            boolean isAuditFirst = pair % 2 == 1;
            double first = rate(encoded, load, plan, isAuditFirst);
            double second = rate(encoded, load, plan, !isAuditFirst);
            double plain = isAuditFirst ? second : first;
            double audit = isAuditFirst ? first : second;
            pairs.add(new Result(plain, audit, audit / plain));
        }
        return new Result(
                median(pairs.stream().mapToDouble(Result::plainImagesPerSecond).toArray()),
                median(pairs.stream().mapToDouble(Result::auditImagesPerSecond).toArray()),
                median(pairs.stream().mapToDouble(Result::auditToPlain).toArray()));
    }

    private double rate(List<byte[]> encoded, StreamBench.Load load, FlowPlan plan, boolean isAudited) {
        String name = "hedgerow-bench-" + Long.toHexString(System.nanoTime());
        Topics topics = new Topics(
                name + "-events",
                name + "-explanations",
                name + "-dlq",
                isAudited ? name + "-audit" : null,
                isAudited ? name + "-checkpoints" : null);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
        try (HedgerowTopology topology = new HedgerowTopology(
                        TopologySettings.defaults("bench").withTopics(topics),
                        devices,
                        new ImageDecoder(),
                        events.deserializer(),
                        explanations.serializer(),
                        new AuditTrail(entries.serializer(), LogHistory.NONE, LogStarts.NONE),
                        new SimpleMeterRegistry());
                BenchTopics bench = new BenchTopics(kafka, topics, load.partitions())) {
            bench.fill(encoded, load.images());
            try (KafkaStreams streams = topology.connect(settings, plan)) {
                streams.start();
                double rate = bench.explanationsPerSecond(
                        load.images(), () -> streams.state().hasStartedOrFinishedShuttingDown());
                streams.close(Duration.ofSeconds(30));
                return rate;
            }
        }
    }

    private static double median(double[] figures) {
        double[] sorted = Arrays.stream(figures).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
