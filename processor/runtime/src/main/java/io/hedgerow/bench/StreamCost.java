package io.hedgerow.bench;

import io.hedgerow.models.Explainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Measures what streaming costs: the same encoded events once straight through decoding and the batchers while the broker
 * is idle, once through Kafka, in turns in one process. Both use the same devices,
 * decoder threads and read-ahead.
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

    private final Measured measured;

    /** Takes what is to be measured. */
    public StreamCost(Measured measured) {
        this.measured = measured;
    }

    /**
     * Streams events until the virtual machine has compiled what is to be measured.
     *
     * @param standIns devices that take no time, so that this doesn't either
     * @param encoded values of input records that the stand-ins explain
     */
    public void warmUp(List<? extends Explainer> standIns, List<byte[]> encoded, int partitions) throws Exception {
        WarmUp.run(WarmUp.INSTANT_IMAGES, images -> {
            try (Measurement run = measurement(standIns, partitions, encoded, images)) {
                run.start();
                run.awaitExplanations(images);
            }
        });
    }

    /**
     * Measures throughput.
     *
     * @param encoded values of input records
     * @throws IllegalStateException if an event can't be explained
     */
    public Result run(List<byte[]> encoded, Load load) throws Exception {
        // Maps of stand-ins are plain, and what finds something in them is compiled anew for others.
        WarmUp.run(
                Math.min(WarmUp.IMAGES, load.images()),
                images -> pair(encoded, new Load(images, load.partitions(), 1)));
        List<Result> pairs = new ArrayList<>();
        for (int pair = 0; pair < load.pairs(); pair++) {
            pairs.add(pair(encoded, load));
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
    public Latency latency(List<byte[]> encoded, int partitions, double imagesPerSecond) throws Exception {
        try (Measurement run = measurement(measured.devices(), partitions, encoded, partitions)) {
            double rate = LOAD_SHARE * imagesPerSecond;
            double[] alone = run.direct().milliseconds(encoded, ALONE);
            run.start();
            run.awaitExplanations(partitions);
            int loaded = (int) Math.ceil(rate * LOADED_SECONDS);
            var unused = run.topics().latencies(encoded, Math.min(WarmUp.IMAGES, loaded), rate, run::look);
            long[] idle = run.topics().latencies(encoded, ALONE, ALONE_PER_SECOND, run::look);
            long[] busy = run.topics().latencies(encoded, loaded, rate, run::look);
            return new Latency(
                    most(Arrays.stream(alone)),
                    most(Arrays.stream(idle).asDoubleStream()),
                    most(Arrays.stream(busy).asDoubleStream()));
        }
    }

    private Result pair(List<byte[]> encoded, Load load) throws Exception {
        Result all = pair(measured.devices(), encoded, load);
        if (measured.devices().size() == 1) {
            return all;
        }
        Load share = new Load(Math.max(1, load.images() / measured.devices().size()), load.partitions(), 1);
        Result one = pair(measured.devices().subList(0, 1), encoded, share);
        return new Result(
                all.bareImagesPerSecond(),
                all.streamImagesPerSecond(),
                all.streamToBare(),
                all.meanBatch(),
                all.deviceBusy(),
                all.streamImagesPerSecond() / one.streamImagesPerSecond());
    }

    private Result pair(List<? extends Explainer> used, List<byte[]> encoded, Load load) throws Exception {
        List<WatchedDevice> watched = WatchedDevice.all(used);
        try (Measurement run = measurement(watched, load.partitions(), encoded, load.images())) {
            long begin = System.nanoTime();
            run.direct().explain(encoded, load.images());
            DeviceRate bare = WatchedDevice.rate(watched, begin);
            run.start();
            DeviceRate stream = WatchedDevice.rate(watched, run.awaitExplanations(load.images()));
            return new Result(
                    bare.perSecond(),
                    stream.perSecond(),
                    Quotient.of(stream, bare),
                    stream.meanBatch(),
                    stream.busy(),
                    1);
        }
    }

    private Measurement measurement(List<? extends Explainer> used, int partitions, List<byte[]> encoded, int images)
            throws Exception {
        return new Measurement(measured.on(used), Map.of(), partitions, encoded, images);
    }

    /** What 99 % don't exceed. */
    private static double most(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    }
}
