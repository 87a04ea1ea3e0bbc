package io.hedgerow.evaluate.statistics;

import java.util.stream.IntStream;

/** A column's values in order, for medians under weights. */
final class SortedColumn {
    private final double[] values;
    private final int[] pictures;

    SortedColumn(double[] column, Trials trials) {
        Integer[] order = IntStream.range(0, column.length)
                .filter(trial -> !Double.isNaN(column[trial]))
                .boxed()
                .sorted((a, b) -> Double.compare(column[a], column[b]))
                .toArray(Integer[]::new);
        values = new double[order.length];
        pictures = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            values[i] = column[order[i]];
            pictures[i] = trials.picture(order[i]);
        }
    }

    double median(int[] weights) {
        long all = 0;
        for (int picture : pictures) {
            all += weights[picture];
        }
        if (all == 0) {
            return Double.NaN;
        }
        double lower = at(weights, (all - 1) / 2);
        double upper = at(weights, all / 2);
        return lower == upper ? lower : (lower + upper) / 2;
    }

    private double at(int[] weights, long position) {
        long passed = 0;
        for (int i = 0; i < values.length; i++) {
            passed += weights[pictures[i]];
            if (passed > position) {
                return values[i];
            }
        }
        throw new IllegalStateException("no value at " + position);
    }
}
