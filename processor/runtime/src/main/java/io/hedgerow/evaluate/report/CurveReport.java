package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Mean curves with a band of 95 %, from the variance between pictures. */
final class CurveReport {
    private static final double NORMAL = 1.96;

    private final TrialTable table;

    CurveReport(TrialTable table) {
        this.table = table;
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Set<String> names = new LinkedHashSet<>();
        table.rows().forEach(row -> table.methods()
                .forEach(method ->
                        names.addAll(row.curves().getOrDefault(method, Map.of()).keySet())));
        for (String name : names) {
            ObjectNode ofMethods = json.putObject(name);
            for (String method : table.methods()) {
                List<TrialTable.Row> rows = table.rows(
                        row -> row.curves().getOrDefault(method, Map.of()).containsKey(name));
                if (!rows.isEmpty()) {
                    curve(rows, method, name, ofMethods.putObject(method));
                }
            }
        }
        return json;
    }

    private static void curve(List<TrialTable.Row> rows, String method, String name, ObjectNode into) {
        int points = points(rows.get(0), method, name).length;
        ArrayNode mean = into.putArray("mean");
        ArrayNode low = into.putArray("low");
        ArrayNode high = into.putArray("high");
        for (int point = 0; point < points; point++) {
            double sum = 0;
            for (TrialTable.Row row : rows) {
                sum += points(row, method, name)[point];
            }
            double average = sum / rows.size();
            Map<String, Double> ofPictures = new HashMap<>();
            for (TrialTable.Row row : rows) {
                ofPictures.merge(row.picture(), points(row, method, name)[point] - average, Double::sum);
            }
            double squares = ofPictures.values().stream()
                    .mapToDouble(deviation -> deviation * deviation)
                    .sorted()
                    .sum();
            double error = Math.sqrt(squares) / rows.size();
            mean.add(average);
            low.add(average - NORMAL * error);
            high.add(average + NORMAL * error);
        }
    }

    private static float[] points(TrialTable.Row row, String method, String name) {
        float[] points = row.curves().getOrDefault(method, Map.of()).get(name);
        if (points == null) {
            throw new IllegalArgumentException("no curve " + name + " of " + method);
        }
        return points;
    }
}
