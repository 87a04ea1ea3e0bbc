package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.evaluate.data.Reason;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.run.LeftOut;
import io.hedgerow.evaluate.run.TrialLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The trials of an evaluation, read from its file. Immutable once read. */
public final class TrialTable {
    private static final int EXAMPLES = 5;

    private final List<Row> rows = new ArrayList<>();
    private final Map<Reason, List<LeftOut>> leftOut = new EnumMap<>(Reason.class);
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    private final List<String> methods = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();
    private final JsonNode settings;

    /**
     * One trial.
     *
     * @param area share of the picture that the class covers; NaN if nothing says where it is
     * @param values by method, of the table's metrics in their order; NaN where there is none
     * @param curves by method and the curve's name
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Row(
            String picture,
            String label,
            int index,
            int rank,
            double output,
            double area,
            boolean isDifficult,
            Map<String, double[]> values,
            Map<String, Map<String, float[]>> curves) {
        /** NaN if there is none. */
        public double value(String method, int metric) {
            double[] ofMethod = values.get(method);
            return ofMethod == null ? Double.NaN : ofMethod[metric];
        }
    }

    /** Reads whole batches of a file of trials. */
    public TrialTable(TrialLog log) throws IOException {
        settings = log.settings();
        settings.path("methods")
                .forEach(method -> methods.add(method.path("name").asText()));
        settings.path("metrics").forEach(metric -> Metric.ofKey(metric.asText()).ifPresent(metrics::add));
        Map<String, String> names = new HashMap<>();
        log.read(line -> {
            if (line.has("left-out")) {
                Reason reason = Reason.ofKey(line.path("left-out").asText());
                counts.merge(reason, 1, Integer::sum);
                List<LeftOut> examples = leftOut.computeIfAbsent(reason, r -> new ArrayList<>());
                if (examples.size() < EXAMPLES) {
                    examples.add(new LeftOut(
                            line.path("picture").asText(),
                            line.path("label").asText(),
                            reason,
                            line.path("detail").asText()));
                }
            } else {
                rows.add(row(line, names));
            }
        });
    }

    private Row row(JsonNode line, Map<String, String> names) {
        Map<String, double[]> values = new HashMap<>();
        Map<String, Map<String, float[]>> curves = new HashMap<>();
        for (String method : methods) {
            double[] ofMethod = new double[metrics.size()];
            Arrays.fill(ofMethod, Double.NaN);
            JsonNode measured = line.path("values").path(method);
            for (int m = 0; m < ofMethod.length; m++) {
                JsonNode value = measured.path(metrics.get(m).key());
                ofMethod[m] = value.isNumber() ? value.asDouble() : Double.NaN;
            }
            values.put(method, ofMethod);
            Map<String, float[]> ofCurves = new LinkedHashMap<>();
            line.path("curves").path(method).properties().forEach(entry -> {
                float[] points = new float[entry.getValue().size()];
                for (int i = 0; i < points.length; i++) {
                    points[i] = (float) entry.getValue().get(i).asDouble();
                }
                ofCurves.put(names.computeIfAbsent(entry.getKey(), name -> name), points);
            });
            curves.put(method, ofCurves);
        }
        String label = line.path("label").asText();
        return new Row(
                line.path("picture").asText(),
                names.computeIfAbsent(label, name -> name),
                line.path("class").asInt(),
                line.path("rank").asInt(),
                line.path("output").asDouble(),
                line.path("area").asDouble(Double.NaN),
                line.path("difficult").asBoolean(),
                values,
                curves);
    }

    public JsonNode settings() {
        return settings;
    }

    public List<Row> rows() {
        return rows;
    }

    /** Rows of a kind. */
    List<Row> rows(Predicate<Row> kind) {
        return rows.stream().filter(kind).toList();
    }

    /** The first is what others are compared with. */
    public List<String> methods() {
        return methods;
    }

    public List<Metric> metrics() {
        return metrics;
    }

    /** The first few of what was left out for a reason. */
    Map<Reason, List<LeftOut>> examples() {
        return leftOut;
    }

    /** How much was left out, by reason. */
    public Map<Reason, Integer> counts() {
        return counts;
    }

    /** Whether a method knows nothing of the model. */
    boolean isControl(String method) {
        for (JsonNode one : settings.path("methods")) {
            if (one.path("name").asText().equals(method)) {
                return one.path("control").asBoolean();
            }
        }
        return false;
    }

    /** Rows by label. */
    Map<String, List<Row>> byLabel() {
        return rows.stream().collect(Collectors.groupingBy(Row::label, TreeMap::new, Collectors.toList()));
    }
}
