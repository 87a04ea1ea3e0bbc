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
import java.util.Map;
import java.util.Optional;

/** {@code report.html}: one page that needs nothing else, for people who decide whether to trust a classifier. */
public final class HtmlReport {
    /** The file's name. */
    public static final String FILE = "report.html";

    private static final List<Metric> GLANCE = List.of(
            Metric.ENERGY,
            Metric.POINTING,
            Metric.SRG,
            Metric.AVERAGE_PRECISION,
            Metric.SINGLE_DELETION,
            Metric.INSERTION_AE,
            Metric.PART_SIGN);

    private final JsonNode report;
    private final TrialTable table;
    private final Palette palette;
    private final CasePictures pictures;
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
        this.pictures = new CasePictures(views, samples);
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
        gist();
        glance();
        metrics();
        curves();
        cases();
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

    private void legend() {
        page.append("<p class=\"legend\">");
        for (String method : table.methods()) {
            page.append("<span style=\"--c:")
                    .append(palette.of(method))
                    .append("\"><i></i>")
                    .append(Html.escaped(method))
                    .append(table.isControl(method) ? " <small>control</small>" : "")
                    .append("</span> ");
        }
        page.append("</p>\n");
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

    private void curves() {
        JsonNode curves = report.path("curves");
        if (curves.isEmpty()) {
            return;
        }
        page.append(
                        "<section>\n<h2>Curves</h2>\n<p class=\"how\">The model's own output as pixels are covered or shown;")
                .append(" bands are 95 %.</p>\n");
        legend();
        page.append("<div class=\"charts\">\n");
        CurveChart chart = new CurveChart(table.methods(), palette);
        for (Map.Entry<String, JsonNode> curve : curves.properties()) {
            page.append("<figure><figcaption><b>")
                    .append(Html.escaped(curve.getKey()))
                    .append("</b> ")
                    .append(CurveTexts.text(curve.getKey()))
                    .append("</figcaption>")
                    .append(chart.svg(curve.getKey(), curve.getValue(), CurveTexts.across(curve.getKey())))
                    .append("</figure>\n");
        }
        page.append("</div>\n");
        JsonNode agreement = report.path("agreementOfCovers");
        if (agreement.path("srg").isNumber()) {
            page.append(
                    "<p class=\"how\">Mean colour and blur put the methods in the same order to τ = %s by SRG, %s by MoRF alone.</p>\n"
                            .formatted(Html.number(agreement.path("srg")), Html.number(agreement.path("morf"))));
        }
        page.append("</section>\n");
    }

    private void cases() throws IOException {
        if (report.path("cases").isEmpty()) {
            return;
        }
        Optional<Metric> by =
                Case.MEASURES.stream().filter(table.metrics()::contains).findFirst();
        page.append("<section>\n<h2>Cases</h2>\n<p class=\"how\">Chosen by ")
                .append(by.map(Metric::key).orElse(""))
                .append(
                        ". Warm colours spoke for the class, cool ones against it; the line is the class's outline.</p>\n");
        String group = "";
        for (JsonNode one : report.path("cases")) {
            if (!one.path("group").asText().equals(group)) {
                page.append(group.isEmpty() ? "" : "</div>\n");
                group = one.path("group").asText();
                page.append("<h3>")
                        .append(CurveTexts.group(group, table.methods().get(0)))
                        .append("</h3>\n<div class=\"cases\">\n");
            }
            page.append(oneCase(one));
        }
        page.append("</div>\n</section>\n");
    }

    private String oneCase(JsonNode one) throws IOException {
        String title = "%s, %s"
                .formatted(one.path("label").asText(), one.path("picture").asText());
        StringBuilder html = new StringBuilder("<figure class=\"case\"><figcaption><b>")
                .append(Html.escaped(one.path("label").asText()))
                .append("</b> ")
                .append(Html.number(one.path("value")))
                .append(" <small>answer ")
                .append(one.path("rank").asInt())
                .append(", ")
                .append(Html.escaped(one.path("picture").asText()))
                .append("</small></figcaption><div>");
        for (Map.Entry<String, String> picture : pictures.of(
                        one.path("picture").asText(), one.path("class").asInt())
                .entrySet()) {
            html.append("<span><img alt=\"")
                    .append(Html.escaped(title + ": " + picture.getKey()))
                    .append("\" src=\"")
                    .append(picture.getValue())
                    .append("\"><small>")
                    .append(Html.escaped(picture.getKey()))
                    .append("</small></span>");
        }
        return html.append("</div></figure>\n").toString();
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
