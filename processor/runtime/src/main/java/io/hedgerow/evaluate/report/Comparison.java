package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.statistics.Bootstrap;
import io.hedgerow.evaluate.statistics.Estimate;
import io.hedgerow.evaluate.statistics.Trials;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two evaluations, or two methods of one, on the trials that both have. */
public final class Comparison {
    private final Map<Metric, Difference> differences = new LinkedHashMap<>();
    private int trials;

    /**
     * By how much one differs from the other.
     *
     * @param before mean of the other
     * @param after mean of this one
     * @param difference after less before, of medians where the metric is summed up so
     */
    public record Difference(double before, double after, Estimate difference) {
        /** Whether this one is worse, and by more than chance explains. */
        boolean hasFallen(Metric metric) {
            return metric.isHigherBetter() ? difference.high() < 0 : difference.low() > 0;
        }
    }

    /** A trial in both. */
    private record Pair(TrialTable.Row before, TrialTable.Row after) {}

    /**
     * Compares.
     *
     * @param before the other evaluation
     * @param methodBefore of it
     * @param after this evaluation
     * @param methodAfter of it
     */
    public Comparison(TrialTable before, String methodBefore, TrialTable after, String methodAfter) {
        Map<String, TrialTable.Row> known = new HashMap<>();
        before.rows().forEach(row -> known.put(row.picture() + "\n" + row.label(), row));
        List<Pair> pairs = new ArrayList<>();
        for (TrialTable.Row row : after.rows()) {
            TrialTable.Row other = known.get(row.picture() + "\n" + row.label());
            if (other != null) {
                pairs.add(new Pair(other, row));
            }
        }
        trials = pairs.size();
        Trials shared = new Trials();
        pairs.forEach(pair -> shared.add(pair.after().picture(), pair.after().label()));
        Bootstrap bootstrap = new Bootstrap(
                shared,
                after.settings().path("draws").asInt(),
                after.settings().path("seed").asLong());
        for (Metric metric : after.metrics()) {
            int old = before.metrics().indexOf(metric);
            int now = after.metrics().indexOf(metric);
            if (old >= 0 && !pairs.isEmpty()) {
                compare(
                        metric,
                        pairs.stream()
                                .mapToDouble(pair -> pair.before().value(methodBefore, old))
                                .toArray(),
                        pairs.stream()
                                .mapToDouble(pair -> pair.after().value(methodAfter, now))
                                .toArray(),
                        bootstrap);
            }
        }
    }

    private void compare(Metric metric, double[] before, double[] after, Bootstrap bootstrap) {
        double[] difference = new double[before.length];
        for (int i = 0; i < before.length; i++) {
            difference[i] = after[i] - before[i];
            if (Double.isNaN(difference[i])) {
                before[i] = Double.NaN;
                after[i] = Double.NaN;
            }
        }
        if (metric.summary() == Metric.Summary.MEDIAN) {
            Estimate[] medians = bootstrap.medians(new double[][] {before, after});
            differences.put(
                    metric,
                    new Difference(
                            medians[0].value(), medians[1].value(), bootstrap.differenceOfMedians(after, before)));
            return;
        }
        Bootstrap.Means[] means = bootstrap.means(new double[][] {before, after, difference});
        differences.put(
                metric,
                new Difference(means[0].micro().value(), means[1].micro().value(), means[2].micro()));
    }

    /** Trials that both have. */
    public int trials() {
        return trials;
    }

    public Map<Metric, Difference> differences() {
        return differences;
    }

    /** Those of some metrics by which this one is worse. */
    public List<Metric> fallen(Set<Metric> named) {
        return differences.entrySet().stream()
                .filter(entry ->
                        named.contains(entry.getKey()) && entry.getValue().hasFallen(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("trials", trials);
        ObjectNode metrics = json.putObject("metrics");
        differences.forEach((metric, difference) -> {
            ObjectNode one = metrics.putObject(metric.key());
            SubsetReport.put(one, "before", difference.before());
            SubsetReport.put(one, "after", difference.after());
            SubsetReport.put(one, "difference", difference.difference().value());
            SubsetReport.put(one, "low", difference.difference().low());
            SubsetReport.put(one, "high", difference.difference().high());
            one.put("fallen", difference.hasFallen(metric));
        });
        return json;
    }
}
