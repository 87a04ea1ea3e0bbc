package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.evaluate.data.Reason;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.run.LeftOut;
import io.hedgerow.evaluate.statistics.Ranks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Makes {@code report.json} of trials. What is in it depends on the trials alone: no time, machine or path. */
public final class ReportBuilder {
    // RATIONALE: Why does a report hold no time, machine or path?
    /** The file's name. */
    public static final String FILE = "report.json";

    private static final int FORMAT = 1;
    private static final int HALVING = 3;

    private final TrialTable table;
    private final int draws;
    private final long seed;

    public ReportBuilder(TrialTable table) {
        this.table = table;
        this.draws = table.settings().path("draws").asInt();
        this.seed = table.settings().path("seed").asLong();
    }

    /** The whole report. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.set("settings", table.settings());
        ObjectNode subsets = JsonNodeFactory.instance.objectNode();
        subset(subsets, "all", row -> true);
        subset(subsets, "first", row -> row.rank() == 1);
        subset(subsets, "difficult", TrialTable.Row::isDifficult);
        counts(json.putObject("counts"));
        ArrayNode sentences = json.putArray("sentences");
        new Sentences(table, subsets.path("all")).all().forEach(sentences::add);
        json.set("subsets", subsets);
        json.set("classes", classes());
        agreement(json.putObject("agreementOfCovers"), subsets);
        json.set("curves", new CurveReport(table).json());
        json.set("leftOut", leftOut());
        ArrayNode cases = json.putArray("cases");
        for (Case one : Case.of(table)) {
            cases.addObject()
                    .put("group", one.group().name().toLowerCase(Locale.ROOT))
                    .put("picture", one.picture())
                    .put("label", one.label())
                    .put("class", one.index())
                    .put("rank", one.rank())
                    .put("value", one.value());
        }
        return json;
    }

    private void subset(ObjectNode subsets, String name, Predicate<TrialTable.Row> kind) {
        subsets.set(name, new SubsetReport(table.rows(kind), table, draws, seed).json());
    }

    private void counts(ObjectNode counts) {
        long pictures =
                table.rows().stream().map(TrialTable.Row::picture).distinct().count();
        counts.put("trials", table.rows().size()).put("pictures", pictures);
        counts.put("classes", table.byLabel().size());
        counts.put("first", table.rows(row -> row.rank() == 1).size());
        SubsetReport.put(
                counts,
                "meanArea",
                table.rows().stream()
                        .mapToDouble(TrialTable.Row::area)
                        .filter(area -> !Double.isNaN(area))
                        .average()
                        .orElse(Double.NaN));
        // an interval's width falls with the square root of what it rests on
        counts.put("morePicturesToHalveIntervals", HALVING * pictures);
    }

    private ObjectNode classes() {
        ObjectNode classes = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, List<TrialTable.Row>> entry : table.byLabel().entrySet()) {
            ObjectNode one = classes.putObject(entry.getKey());
            one.put("trials", entry.getValue().size());
            one.put(
                    "first",
                    entry.getValue().stream().filter(row -> row.rank() == 1).count());
            ObjectNode metrics = one.putObject("metrics");
            for (int m = 0; m < table.metrics().size(); m++) {
                Metric metric = table.metrics().get(m);
                ObjectNode ofMethods = JsonNodeFactory.instance.objectNode();
                for (String method : table.methods()) {
                    double value = summary(entry.getValue(), method, m, metric);
                    if (!Double.isNaN(value)) {
                        ofMethods.put(method, value);
                    }
                }
                if (!ofMethods.isEmpty()) {
                    metrics.set(metric.key(), ofMethods);
                }
            }
        }
        return classes;
    }

    private static double summary(List<TrialTable.Row> rows, String method, int m, Metric metric) {
        double[] values = rows.stream()
                .mapToDouble(row -> row.value(method, m))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (values.length == 0) {
            return Double.NaN;
        }
        if (metric.summary() == Metric.Summary.MEDIAN) {
            return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Whether both covers put the methods in the same order: the order should be the maps', not the cover's. */
    private void agreement(ObjectNode json, ObjectNode subsets) {
        for (String metric : List.of("srg", "morf", "lerf")) {
            List<Double> mean = new ArrayList<>();
            List<Double> blur = new ArrayList<>();
            for (String method : table.methods()) {
                var byMetric = subsets.path("all").path("metrics");
                double one = byMetric.path(metric)
                        .path("methods")
                        .path(method)
                        .path("value")
                        .asDouble(Double.NaN);
                double other = byMetric.path(metric + "-blur")
                        .path("methods")
                        .path(method)
                        .path("value")
                        .asDouble(Double.NaN);
                if (!Double.isNaN(one) && !Double.isNaN(other)) {
                    mean.add(one);
                    blur.add(other);
                }
            }
            if (mean.size() > 1) {
                SubsetReport.put(json, metric, Ranks.tau(array(mean), array(blur)));
            }
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private ArrayNode leftOut() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Map.Entry<Reason, Integer> entry : table.counts().entrySet()) {
            ObjectNode one = all.addObject()
                    .put("reason", entry.getKey().key())
                    .put("text", entry.getKey().text())
                    .put("count", entry.getValue());
            ArrayNode examples = one.putArray("examples");
            for (LeftOut example : table.examples().getOrDefault(entry.getKey(), List.of())) {
                examples.addObject()
                        .put("picture", example.picture())
                        .put("label", example.label())
                        .put("detail", example.detail());
            }
        }
        return all;
    }
}
