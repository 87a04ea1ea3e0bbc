package io.hedgerow.evaluate.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The cluster bootstrap: pictures are drawn with replacement, each with all of its trials, and the draws are the same for all
 * columns of values, so that differences between columns are paired. Percentile intervals of 95 %. Thread-safe.
 */
public final class Bootstrap {
    // RATIONALE: Why are bootstrap, ranks, COCO's masks and charts written here?
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    private final Trials trials;
    private final int draws;
    private final long seed;

    public Bootstrap(Trials trials, int draws, long seed) {
        this.trials = trials;
        this.draws = draws;
        this.seed = seed;
    }

    /**
     * What the columns come to.
     *
     * @param micro the mean over trials
     * @param macro the mean over classes of their trials' means; classes without a trial do not count
     * @param shareAbove of draws whose mean over trials is above 0, those at 0 counting half
     */
    public record Means(Estimate micro, Estimate macro, double shareAbove) {}

    /**
     * Means of columns.
     *
     * @param columns a value for each trial, NaN where there is none
     */
    public Means[] means(double[][] columns) {
        double[][] micro = new double[draws][];
        double[][] macro = new double[draws][];
        ClassMeans ofClasses = new ClassMeans(trials, columns);
        IntStream.range(0, draws).parallel().forEach(draw -> {
            double[][] result = ofClasses.under(weights(draw));
            micro[draw] = result[0];
            macro[draw] = result[1];
        });
        int[] once = new int[trials.pictures()];
        Arrays.fill(once, 1);
        double[][] all = ofClasses.under(once);
        Means[] means = new Means[columns.length];
        for (int c = 0; c < columns.length; c++) {
            means[c] = new Means(
                    estimate(all[0][c], column(micro, c)),
                    estimate(all[1][c], column(macro, c)),
                    shareAbove(column(micro, c)));
        }
        return means;
    }

    /** Medians over trials, of columns that may hold infinite values. */
    public Estimate[] medians(double[][] columns) {
        return IntStream.range(0, columns.length)
                .parallel()
                .mapToObj(c -> median(columns[c]))
                .toArray(Estimate[]::new);
    }

    /** The median of one column less that of another, with the same draws. */
    public Estimate differenceOfMedians(double[] column, double[] other) {
        double[] drawn = new double[draws];
        SortedColumn sorted = new SortedColumn(column, trials);
        SortedColumn sortedOther = new SortedColumn(other, trials);
        for (int draw = 0; draw < draws; draw++) {
            int[] weights = weights(draw);
            drawn[draw] = sorted.median(weights) - sortedOther.median(weights);
        }
        int[] once = new int[trials.pictures()];
        Arrays.fill(once, 1);
        return estimate(sorted.median(once) - sortedOther.median(once), drawn);
    }

    private Estimate median(double[] column) {
        SortedColumn sorted = new SortedColumn(column, trials);
        double[] drawn = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            drawn[draw] = sorted.median(weights(draw));
        }
        int[] once = new int[trials.pictures()];
        Arrays.fill(once, 1);
        return estimate(sorted.median(once), drawn);
    }

    /** How often each picture is drawn. */
    private int[] weights(int draw) {
        // a generator for each draw, so that draws can be made in any order
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + draw);
        int pictures = trials.pictures();
        int[] weights = new int[pictures];
        for (int i = 0; i < pictures; i++) {
            weights[random.nextInt(pictures)]++;
        }
        return weights;
    }

    private static double[] column(double[][] rows, int c) {
        return Arrays.stream(rows).mapToDouble(row -> row[c]).toArray();
    }

    /** Draws without a trial that has a value say nothing. */
    private static Estimate estimate(double value, double[] drawn) {
        double[] sorted =
                Arrays.stream(drawn).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (Double.isNaN(value) || sorted.length == 0) {
            return Estimate.NONE;
        }
        return new Estimate(value, percentile(sorted, LOW), percentile(sorted, HIGH));
    }

    private static double percentile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        double part = at - below;
        return part == 0 || sorted[below] == sorted[above]
                ? sorted[below]
                : sorted[below] + part * (sorted[above] - sorted[below]);
    }

    private static double shareAbove(double[] drawn) {
        double above = 0;
        double count = 0;
        for (double value : drawn) {
            if (!Double.isNaN(value)) {
                above += value > 0 ? 1 : value == 0 ? 0.5 : 0;
                count++;
            }
        }
        return count == 0 ? Double.NaN : above / count;
    }
}
