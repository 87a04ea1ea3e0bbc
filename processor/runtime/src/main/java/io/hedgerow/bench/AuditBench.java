package io.hedgerow.bench;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.audit.log.LogHistory;
import io.hedgerow.audit.log.LogStarts;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.Explainer;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.stream.AuditTrail;
import io.hedgerow.stream.ExplainSettings;
import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.ReadAheadPlan;
import io.hedgerow.stream.TopologySettings;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what the audit trail costs, entries and signer: the same encoded events through Kafka with it and without, by two
 * streams that take turns in one process. Both stay open between turns, for starting one takes longer than a machine's speed
 * stays the same.
 */
public final class AuditBench {
    /**
     * What was measured; medians of the pairs.
     *
     * @param plainImagesPerSecond without audit trail
     * @param auditImagesPerSecond with it
     * @param auditToPlain the quotient; the median of the pairs' quotients
     */
    public record Result(double plainImagesPerSecond, double auditImagesPerSecond, Quotient auditToPlain) {}

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
    public void warmUp(List<? extends Explainer> standIns, List<byte[]> encoded, int partitions, ReadAheadPlan plan)
            throws InterruptedException {
        inTurns(
                standIns,
                partitions,
                plan,
                turns -> WarmUp.run(WarmUp.INSTANT_IMAGES, images -> turns.pair(encoded, images / 2, false)));
    }

    /**
     * Measures.
     *
     * @param encoded values of input records
     * @throws IllegalStateException if an event can't be explained
     */
    public Result run(List<byte[]> encoded, StreamBench.Load load, ReadAheadPlan plan) throws InterruptedException {
        List<Result> pairs = new ArrayList<>();
        inTurns(devices, load.partitions(), plan, turns -> {
            WarmUp.run(2 * Math.min(WarmUp.IMAGES, load.images()), images -> turns.pair(encoded, images / 2, false));
            for (int pair = 0; pair < load.pairs(); pair++) {
                // Whoever comes second finds a warmer machine.
                pairs.add(turns.pair(encoded, load.images(), pair % 2 == 1));
            }
        });
        return new Result(
                Medians.of(pairs, Result::plainImagesPerSecond),
                Medians.of(pairs, Result::auditImagesPerSecond),
                Quotient.median(pairs.stream().map(Result::auditToPlain).toList()));
    }

    /** Two streams on the same devices, of which one rests while the other one is measured. */
    private record Turns(BenchStream plain, BenchStream audited) {
        Result pair(List<byte[]> encoded, int images, boolean isAuditFirst) {
            DeviceRate first = (isAuditFirst ? audited : plain).rate(encoded, images);
            DeviceRate second = (isAuditFirst ? plain : audited).rate(encoded, images);
            DeviceRate plainRate = isAuditFirst ? second : first;
            DeviceRate auditRate = isAuditFirst ? first : second;
            return new Result(plainRate.perSecond(), auditRate.perSecond(), Quotient.of(auditRate, plainRate));
        }
    }

    /** What is done with two streams. */
    @FunctionalInterface
    private interface Taking {
        void take(Turns turns) throws InterruptedException;
    }

    private void inTurns(List<? extends Explainer> used, int partitions, ReadAheadPlan plan, Taking taking)
            throws InterruptedException {
        List<WatchedDevice> watched = WatchedDevice.all(used);
        try (BenchRun plain = benchRun(watched, partitions, false);
                BenchRun audited = benchRun(watched, partitions, true);
                BenchSigner signer = new BenchSigner(Map.copyOf(kafka), audited, entries, checkpoints);
                BenchStream plainStream = new BenchStream(plain, watched, plan);
                BenchStream auditedStream = new BenchStream(audited, watched, plan)) {
            taking.take(new Turns(plainStream, auditedStream));
        }
    }

    private BenchRun benchRun(List<? extends Explainer> used, int partitions, boolean isAudited) {
        return new BenchRun(kafka, partitions, isAudited, topics -> topology(used, topics));
    }

    private HedgerowTopology topology(List<? extends Explainer> used, Topics topics) {
        return new HedgerowTopology(
                new TopologySettings(topics, RecordLimits.DEFAULT, ExplainSettings.DEFAULT, "bench"),
                used,
                new ImageDecoder(),
                events.deserializer(),
                explanations.serializer(),
                new AuditTrail(entries.serializer(), LogHistory.NONE, LogStarts.NONE),
                new SimpleMeterRegistry());
    }
}
