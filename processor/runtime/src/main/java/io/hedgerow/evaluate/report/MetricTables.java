package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.evaluate.metrics.Metric;
import java.util.List;
import java.util.Map;

/** Tables of metrics by method, and of classes. */
final class MetricTables {
    private static final double CLEAR = 0.975;

    private final TrialTable table;

    MetricTables(TrialTable table) {
        this.table = table;
    }

    /** All metrics of a subset of the trials, by the question they ask. */
    String of(JsonNode subset) {
        StringBuilder html = new StringBuilder();
        for (Metric.Group group : Metric.Group.values()) {
            List<Metric> metrics = table.metrics().stream()
                    .filter(metric -> metric.group() == group)
                    .filter(metric -> subset.path("metrics").has(metric.key()))
                    .toList();
            if (!metrics.isEmpty()) {
                html.append("<h3>").append(Html.escaped(group.title())).append("</h3>\n");
                group(html, metrics, subset.path("metrics"));
            }
        }
        return html.toString();
    }

    private void group(StringBuilder html, List<Metric> metrics, JsonNode byMetric) {
        html.append("<div class=\"scroll\"><table class=\"figures\"><thead><tr><th></th>");
        for (String method : table.methods()) {
            html.append("<th class=\"n%s\">%s</th>"
                    .formatted(table.isControl(method) ? " control" : "", Html.escaped(method)));
        }
        html.append("<th class=\"n\">agreement</th></tr></thead><tbody>\n");
        for (Metric metric : metrics) {
            JsonNode one = byMetric.path(metric.key());
            String way = metric.group() == Metric.Group.PLAIN ? "" : metric.isHigherBetter() ? " ↑" : " ↓";
            html.append("<tr><th scope=\"row\" title=\"%s\">%s%s</th>"
                    .formatted(Html.escaped(metric.text()), metric.key(), way));
            for (String method : table.methods()) {
                html.append(cell(metric, method, one));
            }
            html.append("<td class=\"n\">%s</td></tr>\n".formatted(Html.number(one.path("agreement"))));
        }
        html.append("</tbody></table></div>\n");
    }

    private String cell(Metric metric, String method, JsonNode one) {
        JsonNode estimate = one.path("methods").path(method);
        if (!estimate.path("value").isNumber()) {
            return "<td class=\"n\">–</td>";
        }
        double probability =
                one.path("differences").path(method).path("probabilityBetter").asDouble(0.5);
        JsonNode difference = one.path("differences").path(method);
        boolean isCompared =
                metric.group() != Metric.Group.PLAIN && difference.path("value").isNumber();
        String mark = !isCompared
                ? ""
                : probability > CLEAR
                        ? " <span class=\"up\">▲</span>"
                        : probability < 1 - CLEAR ? " <span class=\"down\">▼</span>" : "";
        String title = difference.path("value").isNumber()
                ? "%s less %s: %s (%s to %s)"
                        .formatted(
                                method,
                                table.methods().get(0),
                                Html.number(difference.path("value")),
                                Html.number(difference.path("low")),
                                Html.number(difference.path("high")))
                : "";
        return "<td class=\"n%s\" title=\"%s\">%s%s<small>%s to %s</small></td>"
                .formatted(
                        table.isControl(method) ? " control" : "",
                        Html.escaped(title),
                        Html.number(estimate.path("value")),
                        mark,
                        Html.number(estimate.path("low")),
                        Html.number(estimate.path("high")));
    }

    /** The reference's figures for each class. */
    String classes(JsonNode classes) {
        List<Metric> metrics =
                List.of(Metric.POINTING, Metric.ENERGY, Metric.AVERAGE_PRECISION, Metric.SRG, Metric.INSERTION_AE)
                        .stream()
                        .filter(table.metrics()::contains)
                        .toList();
        String reference = table.methods().get(0);
        StringBuilder html = new StringBuilder("<p class=\"how\">Of ")
                .append(Html.escaped(reference))
                .append(".</p>\n<div class=\"scroll\"><table><thead><tr><th>class</th><th class=\"n\">trials</th>")
                .append("<th class=\"n\">comes first</th>");
        metrics.forEach(
                metric -> html.append("<th class=\"n\">").append(metric.key()).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        for (Map.Entry<String, JsonNode> entry : classes.properties()) {
            JsonNode one = entry.getValue();
            html.append("<tr><th scope=\"row\">%s</th><td class=\"n\">%d</td><td class=\"n\">%.0f %%</td>"
                    .formatted(
                            Html.escaped(entry.getKey()),
                            one.path("trials").asInt(),
                            100.0
                                    * one.path("first").asInt()
                                    / Math.max(1, one.path("trials").asInt())));
            metrics.forEach(metric -> html.append("<td class=\"n\">")
                    .append(Html.number(one.path("metrics").path(metric.key()).path(reference)))
                    .append("</td>"));
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }
}
