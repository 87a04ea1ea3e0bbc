package io.hedgerow.evaluate.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Means of columns over trials and over classes, under weights of the pictures. Trials are kept class by class, so that a sum is a
 * plain product of two arrays: that is done thousands of times. Immutable.
 */
final class ClassMeans {
    private final int[] pictures;
    /** Where each class's trials begin, and at the end how many there are. */
    private final int[] starts;

    private final double[][] values;
    /** Of each column 1 where it has a value; null if it has all. */
    private final double[] @Nullable [] present;

    /** @param columns a value for each trial, NaN where there is none */
    ClassMeans(Trials trials, double[][] columns) {
        int[] order = IntStream.range(0, trials.size())
                .boxed()
                .sorted(Comparator.comparing(trials::classOf))
                .mapToInt(trial -> trial)
                .toArray();
        pictures = new int[order.length];
        starts = new int[trials.classes() + 1];
        for (int i = 0; i < order.length; i++) {
            pictures[i] = trials.picture(order[i]);
            starts[trials.classOf(order[i]) + 1] = i + 1;
        }
        values = new double[columns.length][order.length];
        present = new double[columns.length][];
        for (int c = 0; c < columns.length; c++) {
            double[] has = new double[order.length];
            boolean hasAll = true;
            for (int i = 0; i < order.length; i++) {
                double value = columns[c][order[i]];
                hasAll &= !Double.isNaN(value);
                has[i] = Double.isNaN(value) ? 0 : 1;
                values[c][i] = Double.isNaN(value) ? 0 : value;
            }
            present[c] = hasAll ? null : has;
        }
    }

    /**
     * Sums up.
     *
     * @param weights by picture
     * @return of each column the mean over trials; then the mean over the classes that have trials of those of each. NaN where there
     *     is no trial
     */
    double[][] under(int[] weights) {
        double[] ofTrials = new double[pictures.length];
        for (int i = 0; i < ofTrials.length; i++) {
            ofTrials[i] = weights[pictures[i]];
        }
        int classes = starts.length - 1;
        double[] all = new double[classes];
        for (int of = 0; of < classes; of++) {
            for (int i = starts[of]; i < starts[of + 1]; i++) {
                all[of] += ofTrials[i];
            }
        }
        double[] micro = new double[values.length];
        double[] macro = new double[values.length];
        for (int c = 0; c < values.length; c++) {
            double[] has = present[c];
            double sum = 0;
            double count = 0;
            double ofMeans = 0;
            int withTrials = 0;
            for (int of = 0; of < classes; of++) {
                double ofClass = has == null ? all[of] : product(ofTrials, has, starts[of], starts[of + 1]);
                if (ofClass > 0) {
                    double sumOfClass = product(ofTrials, values[c], starts[of], starts[of + 1]);
                    sum += sumOfClass;
                    count += ofClass;
                    ofMeans += sumOfClass / ofClass;
                    withTrials++;
                }
            }
            micro[c] = count == 0 ? Double.NaN : sum / count;
            macro[c] = withTrials == 0 ? Double.NaN : ofMeans / withTrials;
        }
        return new double[][] {micro, macro};
    }

    /** Four sums side by side: each addition would wait for the one before. */
    private static double product(double[] some, double[] others, int from, int to) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            first += some[i] * others[i];
            second += some[i + 1] * others[i + 1];
            third += some[i + 2] * others[i + 2];
            fourth += some[i + 3] * others[i + 3];
        }
        for (; i < to; i++) {
            first += some[i] * others[i];
        }
        return first + second + third + fourth;
    }
}
