package io.hedgerow.monitor.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds between what a feature's mean may lie: its mean in the reference, give or take what chance may have done to it and
 * the smallest change that matters. If the reference lasted for days it is cut into hours of the day, and the widest
 * limits of any part hold.
 */
final class Bounds {
    private static final long HOUR = 3_600_000;
    private static final int HOURS = 24;
    private static final int PART = 50;

    private final double tail;
    private final double z;
    private final double dependence;
    private final double tolerance;

    /**
     * With what certainty.
     *
     * @param tail chance that one limit is wrong
     * @param dependence events that count as one
     * @param tolerance smallest change that matters
     */
    Bounds(double tail, double dependence, double tolerance) {
        this.tail = tail;
        this.dependence = dependence;
        this.tolerance = tolerance;
        z = Tails.normal(tail);
    }

    /** Limits of what isn't known. */
    static final Bound NONE = new Bound(Double.NaN, Double.NaN, Double.NaN);

    record Bound(double mean, double low, double high) {
        Bound widened(Bound other) {
            return new Bound(mean, Math.min(low, other.low), Math.max(high, other.high));
        }
    }

    /** Limits of the mean of one number of each row. */
    Bound of(List<Row> rows, ToDoubleFunction<Row> number) {
        Bound bound = part(rows, number);
        for (List<Row> hours : parts(rows)) {
            bound = bound.widened(part(hours, number));
        }
        return new Bound(bound.mean(), Limits.low(bound.low()), Limits.high(bound.high()));
    }

    /**
     * Limits of the share of events that lie beyond one of these rows, as do a few others of them, for which chance makes a Beta
     * distribution whatever the numbers'.
     *
     * @param beyond 1 for a row that lies beyond, else 0
     */
    Bound ofTail(List<Row> rows, ToDoubleFunction<Row> beyond) {
        double farther = rows.stream().mapToDouble(beyond).sum();
        double count = rows.size() / dependence;
        double some = farther / dependence;
        Bound whole =
                new Bound(farther / rows.size(), 0, Tails.beta(tail, some + 1, Math.max(count - some, 1)) + tolerance);
        for (List<Row> hours : parts(rows)) {
            whole = whole.widened(part(hours, beyond));
        }
        // that all is known again is no news
        return new Bound(whole.mean(), Double.NaN, Limits.high(whole.high()));
    }

    private Bound part(List<Row> rows, ToDoubleFunction<Row> number) {
        int count = rows.size();
        double sum = 0;
        double squares = 0;
        for (Row row : rows) {
            double value = number.applyAsDouble(row);
            sum += value;
            squares += value * value;
        }
        double mean = sum / count;
        double variance = Math.max(0, (squares - sum * mean) / (count - 1));
        // a mean over events that resemble each other is as uncertain as one over fewer
        double margin = z * Math.sqrt(variance * dependence / count) + tolerance;
        return new Bound(mean, mean - margin, mean + margin);
    }

    /** Parts of the day with enough events each; none if the reference lasted for less than two days. */
    private static List<List<Row>> parts(List<Row> rows) {
        long first = rows.stream().mapToLong(Row::time).min().orElse(0);
        long last = rows.stream().mapToLong(Row::time).max().orElse(0);
        if (last - first < 2 * HOURS * HOUR) {
            return List.of();
        }
        List<List<Row>> parts = new ArrayList<>();
        List<Row> part = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            int each = hour;
            rows.stream()
                    .filter(row -> Math.floorMod(row.time() / HOUR, HOURS) == each)
                    .forEach(part::add);
            if (part.size() >= PART) {
                parts.add(part);
                part = new ArrayList<>();
            }
        }
        return parts;
    }
}
