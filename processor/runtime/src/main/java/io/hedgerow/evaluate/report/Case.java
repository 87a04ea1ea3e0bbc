package io.hedgerow.evaluate.report;

import io.hedgerow.evaluate.metrics.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A trial worth looking at.
 *
 * @param group what it is an example of
 * @param picture its name
 * @param label of the class
 * @param index of the class
 * @param rank of the class in the model's answer
 * @param value by which it was chosen
 */
public record Case(Group group, String picture, String label, int index, int rank, double value) {
    /** What trials are examples of. */
    public enum Group {
        BEST,
        WORST,
        DISAGREEING
    }

    private static final int EACH = 8;

    /** By which metric trials are chosen: the first of these that was measured. */
    static final List<Metric> MEASURES = List.of(Metric.ENERGY, Metric.SRG, Metric.POINTING, Metric.INSERTION_AE);

    /** Eight of each, no trial twice. */
    public static List<Case> of(TrialTable table) {
        int metric = MEASURES.stream()
                .filter(table.metrics()::contains)
                .findFirst()
                .map(table.metrics()::indexOf)
                .orElse(-1);
        if (metric < 0) {
            return List.of();
        }
        String reference = table.methods().get(0);
        List<TrialTable.Row> rows = new ArrayList<>(table.rows(row -> !Double.isNaN(row.value(reference, metric))));
        List<Case> cases = new ArrayList<>();
        Comparator<TrialTable.Row> byValue = Comparator.comparingDouble(row -> row.value(reference, metric));
        take(rows, byValue.reversed(), Group.BEST, cases, row -> row.value(reference, metric));
        take(rows, byValue, Group.WORST, cases, row -> row.value(reference, metric));
        Comparator<TrialTable.Row> bySpread = Comparator.comparingDouble(row -> spread(row, table, metric));
        take(rows, bySpread.reversed(), Group.DISAGREEING, cases, row -> spread(row, table, metric));
        return cases;
    }

    private interface Value {
        double of(TrialTable.Row row);
    }

    private static void take(
            List<TrialTable.Row> rows, Comparator<TrialTable.Row> order, Group group, List<Case> cases, Value value) {
        Comparator<TrialTable.Row> stable =
                order.thenComparing(TrialTable.Row::picture).thenComparing(TrialTable.Row::index);
        List<TrialTable.Row> chosen = rows.stream().sorted(stable).limit(EACH).toList();
        rows.removeAll(chosen);
        chosen.forEach(
                row -> cases.add(new Case(group, row.picture(), row.label(), row.index(), row.rank(), value.of(row))));
    }

    /** How far apart methods are that know the model; with one such method, how far apart it is from the controls. */
    private static double spread(TrialTable.Row row, TrialTable table, int metric) {
        List<String> knowing = table.methods().stream()
                .filter(method -> !table.isControl(method))
                .toList();
        List<String> compared = knowing.size() > 1 ? knowing : table.methods();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (String method : compared) {
            double value = row.value(method, metric);
            if (!Double.isNaN(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return high < low ? 0 : high - low;
    }
}
