package io.hedgerow.monitor.reference;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds between what the shares of classes may lie. How often a class comes that the reference hasn't seen is told by its
 * second half, of which the first knew nothing: it saw less than the whole, so that the limit is on the safe side.
 */
final class ShareLimits {
    private static final int FREQUENT = 10;

    private final List<Row> rows;
    private final ReferenceRules rules;
    private final int ordinal;
    private final double mapsDependence;

    ShareLimits(List<Row> rows, ReferenceRules rules, int ordinal, double mapsDependence) {
        this.rows = rows;
        this.rules = rules;
        this.ordinal = ordinal;
        this.mapsDependence = mapsDependence;
    }

    Shares shares() {
        Map<Integer, Long> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(row.classIndex(), 1L, Long::sum));
        int[] classes = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
        long[] events = counts.values().stream().mapToLong(Long::longValue).toArray();
        double tail = rules.tail(ordinal, classes.length + 1);
        double dependence = Math.max(mapsDependence, dependence(counts));
        double[] mean = new double[classes.length + 1];
        double[] low = new double[classes.length + 1];
        double[] high = new double[classes.length + 1];
        for (int place = 0; place < classes.length; place++) {
            set(place, events[place], rows.size(), tail, dependence, mean, low, high);
        }
        int half = rows.size() / 2;
        Set<Integer> known = new HashSet<>();
        rows.subList(0, half).forEach(row -> known.add(row.classIndex()));
        List<Row> second = rows.subList(half, rows.size());
        long unknown =
                second.stream().filter(row -> !known.contains(row.classIndex())).count();
        set(classes.length, unknown, second.size(), tail, dependence, mean, low, high);
        mean[classes.length] = 0;
        low[classes.length] = Double.NaN;
        return new Shares(classes, events, new Limits(mean, low, high));
    }

    private void set(
            int place,
            long some,
            long all,
            double tail,
            double dependence,
            double[] mean,
            double[] low,
            double[] high) {
        mean[place] = (double) some / all;
        low[place] = Limits.low(Tails.lower(tail, some / dependence, all / dependence) - rules.shareTolerance());
        high[place] = Limits.high(Tails.upper(tail, some / dependence, all / dependence) + rules.shareTolerance());
    }

    /** The dependence of the class that is most bundled, among those frequent enough to tell. */
    private double dependence(Map<Integer, Long> counts) {
        if (rules.dependence() > 0 || mapsDependence == 1) {
            return 1;
        }
        Dependence all = new Dependence(rows);
        Map<Integer, Double> found = new HashMap<>();
        counts.forEach((classIndex, count) -> {
            if (count >= FREQUENT) {
                found.put(classIndex, all.of(row -> row.classIndex() == classIndex ? 1 : 0));
            }
        });
        return found.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    }
}
