package io.hedgerow.bench;

import io.hedgerow.audit.note.SigningKey;
import io.hedgerow.models.Explainer;
import java.util.List;
import java.util.Map;

/** Measures what a part of the process costs: the same encoded events explained with it and without, in turns. */
public final class PartCost {
    private final Measured measured;
    private final Map<String, String> part;

    private PartCost(Measured measured, Map<String, String> part) {
        this.measured = measured;
        this.part = part;
    }

    /** The audit trail, entries and signer. */
    public static PartCost ofAudit(Measured measured) {
        String key = SigningKey.generate("bench").secret();
        return new PartCost(measured, Map.of("audit.enabled", "true", "audit.key", key));
    }

    /** Monitoring, and the trials of a share of the events' evidence. */
    public static PartCost ofMonitor(Measured measured) {
        return new PartCost(measured, Map.of("monitor.enabled", "true"));
    }

    /**
     * Streams events until the virtual machine has compiled what is to be measured.
     *
     * @param standIns devices that take no time, so that this doesn't either
     * @param encoded values of input records that the stand-ins explain
     */
    public void warmUp(List<? extends Explainer> standIns, List<byte[]> encoded, int partitions) throws Exception {
        try (Turns turns = new Turns(measured.on(standIns), part, partitions, encoded)) {
            turns.warmUp(encoded, WarmUp.INSTANT_IMAGES);
        }
    }

    /**
     * Measures; gives medians of the pairs.
     *
     * @param encoded values of input records
     * @throws IllegalStateException if an event can't be explained
     */
    public PairedRates run(List<byte[]> encoded, Load load) throws Exception {
        try (Turns turns = new Turns(measured, part, load.partitions(), encoded)) {
            return turns.measure(encoded, load);
        }
    }
}
