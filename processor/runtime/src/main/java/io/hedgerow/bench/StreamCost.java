package io.hedgerow.bench;

import io.hedgerow.models.Explainer;
import io.hedgerow.stream.ReadAheadPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Measures what streaming costs: the same encoded events once straight through decoding and the batchers while the broker
 * is idle, once through Kafka, in turns in one process. Both use the same parts.devices(), decoder threads and read-ahead.
 */
public final class StreamCost {
    /**
     * What was measured.
     *
     * @param bareImagesPerSecond without Kafka
     * @param streamImagesPerSecond with Kafka, once explanations become visible to a read-committed consumer
     * @param streamToBare the quotient; the median of the pairs' quotients
     * @param meanBatch images a batch while streaming
     * @param deviceBusy share of the time that a device computed while streaming, 0 to 1
     * @param devicesToOne images a second while streaming in terms of what the first device alone reaches
     */
    public record Result(
            double bareImagesPerSecond,
            double streamImagesPerSecond,
            Quotient streamToBare,
            double meanBatch,
            double deviceBusy,
            double devicesToOne) {}

    /**
     * How long events take, in milliseconds: 99 % take no longer.
     *
     * @param explanation one event alone, without Kafka
     * @param idle from append to visibility, one event at a time
     * @param loaded the same at 70 % of what the devices reach without Kafka
     */
    public record Latency(double explanation, double idle, double loaded) {}

    private static final int ALONE = 200;
    private static final double ALONE_PER_SECOND = 5;
    private static final double LOAD_SHARE = 0.7;
    private static final double LOADED_SECONDS = 30;

    private final StreamParts parts;

    /** Takes what is to be measured. */
    public StreamCost(StreamParts parts) {
        this.parts = parts;
    }

    /**
     * Streams events until the virtual machine has compiled what is to be measured.
     *
     * @param standIns devices that take no time, so that this doesn't either
     * @param encoded values of input records that the stand-ins explain
     */
    public void warmUp(List<? extends Explainer> standIns, List<byte[]> encoded, int partitions, ReadAheadPlan plan)
            throws InterruptedException {
        WarmUp.run(WarmUp.INSTANT_IMAGES, images -> {
            try (Measurement run = run(standIns, partitions)) {
                var unused = run.stream(encoded, images, plan);
            }
        });
    }

    /**
     * Measures throughput.
     *
     * @param encoded values of input records
     * @param plan how much is read ahead by so many devices, with and without Kafka
     * @throws IllegalStateException if an event can't be explained
     */
    public Result run(List<byte[]> encoded, Load load, IntFunction<ReadAheadPlan> plan) throws InterruptedException {
        // Maps of stand-ins are plain, and what finds something in them is compiled anew for others.
        WarmUp.run(
                Math.min(WarmUp.IMAGES, load.images()),
                images -> pair(encoded, new Load(images, load.partitions(), 1), plan));
        List<Result> pairs = new ArrayList<>();
        for (int pair = 0; pair < load.pairs(); pair++) {
            pairs.add(pair(encoded, load, plan));
        }
        return new Result(
                Medians.of(pairs, Result::bareImagesPerSecond),
                Medians.of(pairs, Result::streamImagesPerSecond),
                Quotient.median(pairs.stream().map(Result::streamToBare).toList()),
                Medians.of(pairs, Result::meanBatch),
                Medians.of(pairs, Result::deviceBusy),
                Medians.of(pairs, Result::devicesToOne));
    }

    /**
     * Measures latency, warm.
     *
     * @param imagesPerSecond what the devices reach without Kafka
     */
    public Latency latency(List<byte[]> encoded, int partitions, ReadAheadPlan plan, double imagesPerSecond)
            throws InterruptedException {
        try (Measurement run = run(parts.devices(), partitions)) {
            double rate = LOAD_SHARE * imagesPerSecond;
            double[] alone = new DirectRun(run.topology().lookAhead(), plan).milliseconds(encoded, ALONE);
            try (KafkaStreams streams = run.start(plan)) {
                BooleanSupplier stopped = Measurement.stopped(streams);
                int loaded = (int) Math.ceil(rate * LOADED_SECONDS);
                run.topics().latencies(encoded, Math.min(WarmUp.IMAGES, loaded), rate, stopped);
                long[] idle = run.topics().latencies(encoded, ALONE, ALONE_PER_SECOND, stopped);
                long[] busy = run.topics().latencies(encoded, loaded, rate, stopped);
                return new Latency(
                        most(Arrays.stream(alone)),
                        most(Arrays.stream(idle).asDoubleStream()),
                        most(Arrays.stream(busy).asDoubleStream()));
            }
        }
    }

    private Result pair(List<byte[]> encoded, Load load, IntFunction<ReadAheadPlan> plan) throws InterruptedException {
        Result all =
                pair(parts.devices(), encoded, load, plan.apply(parts.devices().size()));
        if (parts.devices().size() == 1) {
            return all;
        }
        Load share = new Load(Math.max(1, load.images() / parts.devices().size()), load.partitions(), 1);
        Result one = pair(parts.devices().subList(0, 1), encoded, share, plan.apply(1));
        return new Result(
                all.bareImagesPerSecond(),
                all.streamImagesPerSecond(),
                all.streamToBare(),
                all.meanBatch(),
                all.deviceBusy(),
                all.streamImagesPerSecond() / one.streamImagesPerSecond());
    }

    private Result pair(List<? extends Explainer> used, List<byte[]> encoded, Load load, ReadAheadPlan plan)
            throws InterruptedException {
        List<WatchedDevice> watched = WatchedDevice.all(used);
        try (Measurement run = run(watched, load.partitions())) {
            long begin = System.nanoTime();
            new DirectRun(run.topology().lookAhead(), plan).explain(encoded, load.images());
            DeviceRate bare = WatchedDevice.rate(watched, begin);
            long visible = run.stream(encoded, load.images(), plan);
            DeviceRate stream = WatchedDevice.rate(watched, visible);
            return new Result(
                    bare.perSecond(),
                    stream.perSecond(),
                    Quotient.of(stream, bare),
                    stream.meanBatch(),
                    stream.busy(),
                    1);
        }
    }

    private Measurement run(List<? extends Explainer> used, int partitions) {
        return new Measurement(parts.on(used), partitions, null, new SimpleMeterRegistry());
    }

    /** What 99 % don't exceed. */
    private static double most(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    }
}
