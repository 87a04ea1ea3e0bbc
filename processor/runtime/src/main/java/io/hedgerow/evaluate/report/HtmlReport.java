package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.run.CaseViews;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** {@code report.html}: one page that needs nothing else, for people who decide whether to trust a classifier. */
public final class HtmlReport {
    /** The file's name. */
    public static final String FILE = "report.html";

    private final JsonNode report;
    private final TrialTable table;
    private final Palette palette;
    private final CaseSection cases;
    private final MetricTables tables;
    private final StringBuilder page = new StringBuilder();

    /**
     * Prepares.
     *
     * @param report as {@code report.json} has it
     * @param views makes the maps of cases again
     * @param samples of the data set
     */
    public HtmlReport(JsonNode report, TrialTable table, CaseViews views, List<Sample> samples) {
        this.report = report;
        this.table = table;
        this.palette = new Palette(table);
        this.cases = new CaseSection(report, table, new CasePictures(views, samples));
        this.tables = new MetricTables(table);
    }

    /** The whole page. */
    public String html() throws IOException {
        String model =
                Html.escaped(report.path("settings").path("model").path("name").asText());
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>Explanations of ")
                .append(model)
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n<header>\n<h1>How good are the explanations of <em>")
                .append(model)
                .append("</em>?</h1>\n");
        page.append(new Overview(report, table, palette).html());
        metrics();
        page.append(new CurveSection(report, table, palette).html()).append(cases.html());
        classes();
        leftOut();
        meaning();
        settings();
        page.append("</main>\n</body>\n</html>\n");
        return page.toString();
    }

    private static String style() throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new FileNotFoundException("report.css is missing from Hedgerow's own jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void metrics() {
        page.append("<section>\n<h2>All figures</h2>\n<p class=\"how\">")
                .append(Html.escaped("▲ and ▼: better or worse than "
                        + table.methods().get(0)
                        + " on the same trials, with a probability of at least 97.5 %. Agreement is Kendall's W, 0 to 1: how far"
                        + " single trials put the methods in the same order. Where it is low, a metric says little."))
                .append("</p>\n");
        JsonNode subsets = report.path("subsets");
        page.append(tables.of(subsets.path("all")));
        details("Only where the class is the model's first answer", subsets.path("first"));
        details("Only the difficult ones: small, with other classes in the picture", subsets.path("difficult"));
        page.append("</section>\n");
    }

    private void details(String title, JsonNode subset) {
        if (subset.path("trials").asInt() > 0) {
            page.append("<details><summary>%s <small>%d trials</small></summary>\n%s</details>\n"
                    .formatted(Html.escaped(title), subset.path("trials").asInt(), tables.of(subset)));
        }
    }

    private void classes() {
        if (report.path("classes").size() > 1) {
            page.append("<section>\n<h2>By class</h2>\n")
                    .append(tables.classes(report.path("classes")))
                    .append("</section>\n");
        }
    }

    private void leftOut() {
        page.append("<section>\n<h2>Left out</h2>\n");
        if (report.path("leftOut").isEmpty()) {
            page.append("<p>Nothing.</p>\n</section>\n");
            return;
        }
        page.append(
                        "<div class=\"scroll\"><table><thead><tr><th>why</th><th class=\"n\">how often</th><th>for example</th></tr>")
                .append("</thead><tbody>\n");
        for (JsonNode one : report.path("leftOut")) {
            JsonNode example = one.path("examples").path(0);
            page.append("<tr><th scope=\"row\">%s</th><td class=\"n\">%d</td><td>%s <small>%s</small></td></tr>\n"
                    .formatted(
                            Html.escaped(one.path("text").asText()),
                            one.path("count").asInt(),
                            Html.escaped(example.path("picture").asText()),
                            Html.escaped(example.path("detail").asText())));
        }
        page.append("</tbody></table></div>\n</section>\n");
    }

    private void meaning() {
        page.append("<section>\n<h2>What the metrics are</h2>\n<dl>\n");
        for (Metric metric : table.metrics()) {
            page.append("<dt>%s</dt><dd>%s; %s</dd>\n"
                    .formatted(
                            metric.key(),
                            Html.escaped(metric.text()),
                            metric.group() == Metric.Group.PLAIN
                                    ? "neither is better"
                                    : metric.isHigherBetter() ? "higher is better" : "lower is better"));
        }
        page.append("</dl>\n</section>\n");
    }

    private void settings() {
        page.append("<section>\n<h2>Settings</h2>\n<details><summary>Everything the figures depend on</summary>\n<pre>")
                .append(Html.escaped(report.path("settings").toPrettyString()).replace("\r", ""))
                .append("</pre></details>\n<p class=\"how\">")
                .append(String.format(
                        Locale.ROOT,
                        "Intervals: %d draws of whole pictures with replacement. The same trials give the same report.",
                        report.path("settings").path("draws").asInt()))
                .append("</p>\n</section>\n");
    }
}
