package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.evaluate.metrics.Metric;
import java.util.List;

/** The top of the page: what came of it in sentences, how much there was of what, and a chart of means. */
final class Overview {
    private static final List<Metric> GLANCE = List.of(
            Metric.ENERGY,
            Metric.POINTING,
            Metric.SRG,
            Metric.AVERAGE_PRECISION,
            Metric.SINGLE_DELETION,
            Metric.INSERTION_AE,
            Metric.PART_SIGN,
            Metric.RANDOMISATION_SPEARMAN);

    private final JsonNode report;
    private final TrialTable table;
    private final Palette palette;
    private final StringBuilder page = new StringBuilder();

    Overview(JsonNode report, TrialTable table, Palette palette) {
        this.report = report;
        this.table = table;
        this.palette = palette;
    }

    String html() {
        gist();
        glance();
        return page.toString();
    }

    private void gist() {
        JsonNode counts = report.path("counts");
        if (!report.path("complete").asBoolean(true)) {
            page.append(
                    "<p class=\"notice\">This evaluation was stopped before its end: the report is of what was done.</p>\n");
        }
        page.append("<div class=\"gist\">\n");
        for (JsonNode sentence : report.path("sentences")) {
            page.append("<p>").append(Html.escaped(sentence.asText())).append("</p>\n");
        }
        page.append("</div>\n<ul class=\"facts\">\n");
        fact(counts.path("trials").asText(), "trials");
        fact(counts.path("pictures").asText(), "pictures");
        fact(counts.path("classes").asText(), "classes");
        int trials = counts.path("trials").asInt();
        fact(
                trials == 0
                        ? "–"
                        : "%.0f %%".formatted(100.0 * counts.path("first").asInt() / trials),
                "where the class comes first");
        if (counts.path("meanArea").isNumber()) {
            fact("%.0f %%".formatted(100 * counts.path("meanArea").asDouble()), "of the picture is the class");
        }
        fact(counts.path("morePicturesToHalveIntervals").asText(), "more pictures would halve the intervals");
        page.append("</ul>\n</header>\n");
    }

    private void fact(String number, String what) {
        page.append("<li><b>")
                .append(Html.escaped(number))
                .append("</b> ")
                .append(Html.escaped(what))
                .append("</li>\n");
    }

    private void glance() {
        JsonNode all = report.path("subsets").path("all").path("metrics");
        page.append("<section>\n<h2>At a glance</h2>\n<p class=\"how\">A dot is the mean, the bar its 95 % interval.")
                .append(" The controls know nothing of the model: a method that is no better than they are has")
                .append(" not shown that it explains anything.</p>\n<div class=\"charts\">\n");
        DotChart chart = new DotChart(table.methods(), palette);
        for (Metric metric : GLANCE) {
            JsonNode ofMethods = all.path(metric.key()).path("methods");
            if (!ofMethods.isMissingNode()) {
                page.append("<figure><figcaption><b>")
                        .append(metric.key())
                        .append("</b> ")
                        .append(metric.isHigherBetter() ? "higher is better" : "lower is better")
                        .append("<br><span>")
                        .append(Html.escaped(metric.text()))
                        .append("</span></figcaption>")
                        .append(chart.svg(ofMethods, metric.key()))
                        .append("</figure>\n");
            }
        }
        page.append("</div>\n</section>\n");
    }
}
