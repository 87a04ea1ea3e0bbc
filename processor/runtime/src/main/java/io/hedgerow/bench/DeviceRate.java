package io.hedgerow.bench;

import io.hedgerow.bench.BatchLog.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What devices reached between two moments, by their own batches: images a second of each from the end of one batch to the end
 * of another. What a device computed in that time it computed within it, so that no share of it can exceed 1, which what becomes
 * visible in commits, many batches at once, can't promise. Read-ahead bounds what is computed and not yet visible: over a run,
 * both rates are the same.
 *
 * @param perSecond images a second of all devices together; not a number if there were too few batches to say
 * @param standardError of {@code perSecond}, from its parts' differences
 * @param busy share of the time that a device computed, 0 to 1
 * @param meanBatch images a batch
 */
record DeviceRate(double perSecond, double standardError, double busy, double meanBatch) {
    private static final DeviceRate UNKNOWN = new DeviceRate(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    /** Parts into which a run is cut, to see how they differ. */
    private static final int PARTS = 10;

    private static final int FEWEST_BATCHES = 4;

    /**
     * The rate of a run without its first and last tenth: until pictures are read ahead and behind the last ones devices wait
     * for what doesn't come.
     *
     * @param devices all batches of each device, in order
     * @param fromNanos what was done before counts for nothing, as before the first result has gone all the way
     */
    static DeviceRate of(List<List<Batch>> devices, long fromNanos) {
        List<Batch> all = devices.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Batch::endNanos))
                .toList();
        int total = images(all);
        List<DeviceRate> rates = new ArrayList<>();
        long begin = Math.max(fromNanos, when(all, total / 10.0));
        long end = when(all, total * 9 / 10.0);
        for (List<Batch> device : devices) {
            rates.add(of(device.stream()
                    .filter(batch -> batch.endNanos() >= begin && batch.endNanos() <= end)
                    .toList()));
        }
        return new DeviceRate(
                rates.stream().mapToDouble(DeviceRate::perSecond).sum(),
                Math.sqrt(rates.stream()
                        .mapToDouble(rate -> rate.standardError * rate.standardError)
                        .sum()),
                rates.stream().mapToDouble(DeviceRate::busy).average().orElse(Double.NaN),
                rates.stream().mapToDouble(DeviceRate::meanBatch).average().orElse(Double.NaN));
    }

    /** The first batch only says when the others' time begins. */
    private static DeviceRate of(List<Batch> batches) {
        if (batches.size() < FEWEST_BATCHES) {
            return UNKNOWN;
        }
        List<Batch> counted = batches.subList(1, batches.size());
        double nanos = last(batches).endNanos() - batches.get(0).endNanos();
        double perNano = images(counted) / nanos;
        int parts = Math.min(PARTS, counted.size());
        double squares = 0;
        for (int part = 0; part < parts; part++) {
            int first = counted.size() * part / parts;
            int end = counted.size() * (part + 1) / parts;
            double partNanos = batches.get(end).endNanos() - batches.get(first).endNanos();
            double more = images(counted.subList(first, end)) - perNano * partNanos;
            squares += more * more;
        }
        double busy = counted.stream().mapToLong(Batch::computeNanos).sum() / nanos;
        double error = Math.sqrt(squares * parts / (parts - 1)) / nanos;
        return new DeviceRate(perNano * 1e9, error * 1e9, busy, (double) images(counted) / counted.size());
    }

    /** When so many images were done. */
    private static long when(List<Batch> batches, double images) {
        int done = 0;
        for (Batch batch : batches) {
            done += batch.images();
            if (done >= images) {
                return batch.endNanos();
            }
        }
        return Long.MAX_VALUE;
    }

    private static int images(List<Batch> batches) {
        return batches.stream().mapToInt(Batch::images).sum();
    }

    private static Batch last(List<Batch> batches) {
        return batches.get(batches.size() - 1);
    }
}
