package io.hedgerow.bench;

import io.hedgerow.models.Explainer;
import io.hedgerow.stream.ReadAheadPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what monitoring costs, in the same process and with 2 % of the events' evidence put to trial: the same encoded events
 * explained with it and without, by two streams that take turns.
 */
public final class MonitorCost {
    /** What a run does by default. */
    private static final float FAITHFULNESS = 0.02f;

    private final StreamParts parts;
    private final Map<String, Object> registry;

    /**
     * What was measured; medians of the pairs.
     *
     * @param plainImagesPerSecond without monitoring
     * @param monitoredImagesPerSecond with it
     * @param monitoredToPlain the quotient; the median of the pairs' quotients
     */
    public record Result(double plainImagesPerSecond, double monitoredImagesPerSecond, Quotient monitoredToPlain) {}

    /** Takes what is to be measured, and the registry's settings. */
    public MonitorCost(StreamParts parts, Map<String, Object> registry) {
        this.parts = parts;
        this.registry = Map.copyOf(registry);
    }

    /**
     * Streams events until the virtual machine has compiled what is to be measured.
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
        List<WatchedDevice> watched = WatchedDevice.all(used);
        StreamParts streamed = parts.on(watched);
        try (Measurement plain = new Measurement(streamed, partitions, null, new SimpleMeterRegistry());
                Measurement monitored = new Measurement(
                        streamed.withFaithfulness(FAITHFULNESS), partitions, null, new SimpleMeterRegistry());
                MeasuredMonitor monitor = new MeasuredMonitor(Map.copyOf(parts.kafka()), monitored, registry);
                RestingStream plainStream = new RestingStream(plain, watched, plan);
                RestingStream monitoredStream = new RestingStream(monitored, watched, plan)) {
            taking.take(new Turns(plainStream, monitoredStream));
        }
    }
}
