package io.hedgerow.topology;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.audit.LogHistory;
import io.hedgerow.audit.LogStarts;
import io.hedgerow.explain.Explainer;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.serde.RegistrySerde;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what the audit trail costs, entries and signer: the same encoded events through Kafka with it and without, in turns
 * in one process.
 */
public final class AuditBench {
    /**
     * What was measured; medians of the pairs.
     *
     * @param plainImagesPerSecond without audit trail
     * @param auditImagesPerSecond with it
     * @param auditToPlain the quotient; the median of the pairs' quotients
     */
    public record Result(double plainImagesPerSecond, double auditImagesPerSecond, double auditToPlain) {}

    private final List<? extends Explainer> devices;
    private final RegistrySerde<PredictionEvent> events;
    private final RegistrySerde<Explanation> explanations;
    private final RegistrySerde<AuditEntry> entries;
    private final RegistrySerde<AuditCheckpoint> checkpoints;
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
            RegistrySerde<AuditCheckpoint> checkpoints,
            Map<String, ?> kafka) {
        this.devices = devices;
        this.events = events;
        this.explanations = explanations;
        this.entries = entries;
        this.checkpoints = checkpoints;
        this.kafka = kafka;
    }

    /**
     * Streams events, audited and not, until the virtual machine has compiled what is to be measured: code compiled for one
     * way alone would be compiled again when the other one is measured.
     *
     * @param standIns devices that take no time, so that this doesn't either
     * @param encoded values of input records that the stand-ins explain
     */
    public void warmUp(List<? extends Explainer> standIns, List<byte[]> encoded, int partitions, FlowPlan plan)
            throws InterruptedException {
        WarmUp.run(WarmUp.INSTANT_IMAGES, images -> bothWays(standIns, encoded, images, partitions, plan));
    }

    /**
     * Measures.
     *
     * @param encoded values of input records
     * @throws IllegalStateException if an event can't be explained
     */
    public Result run(List<byte[]> encoded, StreamBench.Load load, FlowPlan plan) throws InterruptedException {
        WarmUp.run(
                2 * Math.min(WarmUp.IMAGES, load.images()),
                images -> bothWays(devices, encoded, images, load.partitions(), plan));
        List<Result> pairs = new ArrayList<>();
        for (int pair = 0; pair < load.pairs(); pair++) {
            // Whoever comes second finds a warmer machine.
            boolean isAuditFirst = pair % 2 == 1;
            double first = rate(devices, encoded, load, plan, isAuditFirst);
            double second = rate(devices, encoded, load, plan, !isAuditFirst);
            double plain = isAuditFirst ? second : first;
            double audit = isAuditFirst ? first : second;
            pairs.add(new Result(plain, audit, audit / plain));
        }
        return new Result(
                Medians.of(pairs, Result::plainImagesPerSecond),
                Medians.of(pairs, Result::auditImagesPerSecond),
                Medians.of(pairs, Result::auditToPlain));
    }

    private void bothWays(
            List<? extends Explainer> used, List<byte[]> encoded, int images, int partitions, FlowPlan plan) {
        StreamBench.Load half = new StreamBench.Load(images / 2, partitions, 1);
        rate(used, encoded, half, plan, false);
        rate(used, encoded, half, plan, true);
    }

    private double rate(
            List<? extends Explainer> used,
            List<byte[]> encoded,
            StreamBench.Load load,
            FlowPlan plan,
            boolean isAudited) {
        try (BenchRun run = new BenchRun(kafka, load.partitions(), isAudited, topics -> topology(used, topics))) {
            if (!isAudited) {
                return run.imagesPerSecond(encoded, load.images(), plan);
            }
            try (BenchSigner signer = new BenchSigner(Map.copyOf(kafka), run, entries, checkpoints)) {
                return run.imagesPerSecond(encoded, load.images(), plan);
            }
        }
    }

    private HedgerowTopology topology(List<? extends Explainer> used, Topics topics) {
        return new HedgerowTopology(
                TopologySettings.defaults("bench").withTopics(topics),
                used,
                new ImageDecoder(),
                events.deserializer(),
                explanations.serializer(),
                new AuditTrail(entries.serializer(), LogHistory.NONE, LogStarts.NONE),
                new SimpleMeterRegistry());
    }
}
