package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.statistics.Bootstrap;
import io.hedgerow.evaluate.statistics.Concordance;
import io.hedgerow.evaluate.statistics.Estimate;
import io.hedgerow.evaluate.statistics.Trials;
import java.util.ArrayList;
import java.util.List;

/** What some trials say of every method by every metric. */
final class SubsetReport {
    private final List<TrialTable.Row> rows;
    private final List<String> methods;
    private final List<Metric> metrics;
    private final Trials trials = new Trials();
    private final Bootstrap bootstrap;

    SubsetReport(List<TrialTable.Row> rows, TrialTable table, int draws, long seed) {
        this.rows = rows;
        this.methods = table.methods();
        this.metrics = table.metrics();
        rows.forEach(row -> trials.add(row.picture(), row.label()));
        this.bootstrap = new Bootstrap(trials, draws, seed);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("trials", rows.size()).put("pictures", trials.pictures()).put("classes", trials.classes());
        ObjectNode byMetric = json.putObject("metrics");
        if (rows.isEmpty()) {
            return json;
        }
        Bootstrap.Means[] means = bootstrap.means(columns());
        for (int m = 0; m < metrics.size(); m++) {
            metric(m, means, byMetric);
        }
        return json;
    }

    /** For each metric the values of all methods, then the differences of all to the first. */
    private double[][] columns() {
        List<double[]> columns = new ArrayList<>();
        for (int m = 0; m < metrics.size(); m++) {
            for (String method : methods) {
                columns.add(column(method, m));
            }
            double[] reference = column(methods.get(0), m);
            for (String method : methods) {
                double[] difference = column(method, m);
                for (int i = 0; i < difference.length; i++) {
                    difference[i] -= reference[i];
                }
                columns.add(difference);
            }
        }
        return columns.toArray(double[][]::new);
    }

    private double[] column(String method, int m) {
        return rows.stream().mapToDouble(row -> row.value(method, m)).toArray();
    }

    private void metric(int m, Bootstrap.Means[] means, ObjectNode byMetric) {
        Metric metric = metrics.get(m);
        int first = 2 * m * methods.size();
        boolean isMedian = metric.summary() == Metric.Summary.MEDIAN;
        Estimate[] medians = new Estimate[0];
        if (isMedian) {
            double[][] columns = new double[methods.size()][];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = column(methods.get(i), m);
            }
            medians = bootstrap.medians(columns);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<String> measured =
                methods.stream().filter(method -> count(column(method, m)) > 0).toList();
        Concordance concordance = new Concordance(measured.size());
        for (TrialTable.Row row : rows) {
            concordance.add(measured.stream()
                    .mapToDouble(method -> row.value(method, m))
                    .toArray());
        }
        put(json, "agreement", concordance.w());
        ObjectNode ofMethods = json.putObject("methods");
        ObjectNode differences = json.putObject("differences");
        boolean hasAny = false;
        for (int i = 0; i < methods.size(); i++) {
            double[] column = column(methods.get(i), m);
            int count = count(column);
            hasAny |= count > 0;
            Estimate micro = isMedian ? medians[i] : means[first + i].micro();
            ObjectNode one = ofMethods.putObject(methods.get(i)).put("n", count);
            put(one, micro);
            if (isMedian) {
                put(one, "geometricMean", geometricMean(column));
            } else {
                put(one.putObject("macro"), means[first + i].macro());
            }
            if (i > 0) {
                Bootstrap.Means difference = means[first + methods.size() + i];
                Estimate estimate = isMedian
                        ? bootstrap.differenceOfMedians(column, column(methods.get(0), m))
                        : difference.micro();
                ObjectNode other = differences.putObject(methods.get(i));
                put(other, estimate);
                double above = difference.shareAbove();
                put(other, "probabilityBetter", metric.isHigherBetter() ? above : 1 - above);
            }
        }
        if (hasAny) {
            byMetric.set(metric.key(), json);
        }
    }

    private static int count(double[] column) {
        int count = 0;
        for (double value : column) {
            count += Double.isNaN(value) ? 0 : 1;
        }
        return count;
    }

    /** Of ratios, kept off 0 by the least that they are cut at above. */
    private static double geometricMean(double[] column) {
        double sum = 0;
        for (double value : column) {
            sum += Double.isNaN(value) ? 0 : Math.log(Math.max(1e-9, value));
        }
        int count = count(column);
        return count == 0 ? Double.NaN : Math.exp(sum / count);
    }

    private static void put(ObjectNode json, Estimate estimate) {
        put(json, "value", estimate.value());
        put(json, "low", estimate.low());
        put(json, "high", estimate.high());
    }

    /** Null for what is not a number. */
    static void put(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }
}
