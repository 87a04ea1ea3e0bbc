package io.hedgerow.bench;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.log.LogHistory;
import io.hedgerow.audit.log.LogStarts;
import io.hedgerow.models.Explainer;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.stream.AuditTrail;
import io.hedgerow.stream.ReadAheadPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the audit trail costs, entries and signer: the same encoded events through Kafka with it and without, by two
 * streams that take turns in one process. Both stay open between turns, for starting one takes longer than a machine's speed
 * stays the same.
 */
public final class AuditCost {
    /**
     * What was measured; medians of the pairs.
     *
     * @param plainImagesPerSecond without audit trail
     * @param auditImagesPerSecond with it
     * @param auditToPlain the quotient; the median of the pairs' quotients
     */
    public record Result(double plainImagesPerSecond, double auditImagesPerSecond, Quotient auditToPlain) {}

    private final StreamParts parts;
    private final RegistrySerde<AuditEntry> entries;
    private final RegistrySerde<AuditCheckpoint> checkpoints;

    /** Takes what is to be measured, and what reads and writes its audit trail. */
    public AuditCost(StreamParts parts, RegistrySerde<AuditEntry> entries, RegistrySerde<AuditCheckpoint> checkpoints) {
        this.parts = parts;
        this.entries = entries;
        this.checkpoints = checkpoints;
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
        inTurns(standIns, partitions, plan, turns -> turns.warmUp(encoded, WarmUp.INSTANT_IMAGES));
    }

    /**
     * Measures.
     *
     * @param encoded values of input records
     * @throws IllegalStateException if an event can't be explained
     */
    public Result run(List<byte[]> encoded, Load load, ReadAheadPlan plan) throws InterruptedException {
        List<Turns.Pair> measured = new ArrayList<>();
        inTurns(parts.devices(), load.partitions(), plan, turns -> measured.add(turns.measure(encoded, load)));
        Turns.Pair pair = measured.get(0);
        return new Result(pair.plainPerSecond(), pair.otherPerSecond(), pair.otherToPlain());
    }

    private void inTurns(List<? extends Explainer> used, int partitions, ReadAheadPlan plan, Turns.Taking taking)
            throws InterruptedException {
        AuditTrail trail = new AuditTrail(entries.serializer(), LogHistory.NONE, LogStarts.NONE);
        List<WatchedDevice> watched = WatchedDevice.all(used);
        StreamParts streamed = parts.on(watched);
        try (Measurement plain = measurement(streamed, partitions, null);
                Measurement audited = measurement(streamed, partitions, trail);
                MeasuredSigner signer = new MeasuredSigner(Map.copyOf(parts.kafka()), audited, entries, checkpoints);
                RestingStream plainStream = new RestingStream(plain, watched, plan);
                RestingStream auditedStream = new RestingStream(audited, watched, plan)) {
            taking.take(new Turns(plainStream, auditedStream));
        }
    }

    private static Measurement measurement(StreamParts used, int partitions, @Nullable AuditTrail trail) {
        return new Measurement(used, partitions, trail, new SimpleMeterRegistry());
    }
}
