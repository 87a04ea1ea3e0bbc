package io.hedgerow.monitor.reference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Measures how many events in a row count as one: 1 + twice the sum of correlations between events near each other. */
final class Dependence {
    private static final double NEGLIGIBLE = 0.03;
    private static final int LEAST = 20;

    // RATIONALE: Why is a weak dependence between events taken for chance?
    /** Standard errors within which a sum of correlations says nothing: one in 4,000 sums over independent events is beyond. */
    private static final double CHANCE = 3.5;

    private final Collection<List<Row>> sequences;

    /** Of rows in order; those of one source follow each other. */
    Dependence(List<Row> rows) {
        Map<Integer, List<Row>> bySource = new LinkedHashMap<>();
        rows.forEach(row -> bySource.computeIfAbsent(row.source(), source -> new ArrayList<>())
                .add(row));
        sequences = bySource.values();
    }

    /** Of one number of each row; at least 1. */
    double of(ToDoubleFunction<Row> number) {
        List<double[]> series = sequences.stream()
                .map(rows -> rows.stream().mapToDouble(number).toArray())
                .toList();
        long count = series.stream().mapToLong(each -> each.length).sum();
        double mean = series.stream().mapToDouble(Dependence::sum).sum() / count;
        double variance = covariance(series, mean, 0);
        if (count < LEAST || !(variance > 0)) {
            return 1;
        }
        double sum = 0;
        int lag = 1;
        for (; lag <= count / 4; lag++) {
            double correlation = covariance(series, mean, lag) / variance;
            if (!(correlation >= NEGLIGIBLE)) {
                break;
            }
            sum += correlation;
        }
        // of independent events each correlation is as far from 0 as 1 / √count
        boolean byChance = sum < CHANCE * Math.sqrt((lag - 1.0) / count);
        return byChance ? 1 : 1 + 2 * sum;
    }

    /** NaN if no two events are that far apart. */
    private static double covariance(List<double[]> series, double mean, int lag) {
        double sum = 0;
        long pairs = 0;
        for (double[] each : series) {
            for (int at = lag; at < each.length; at++) {
                sum += (each[at] - mean) * (each[at - lag] - mean);
                pairs++;
            }
        }
        return sum / pairs;
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }
}
