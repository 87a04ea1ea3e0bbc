package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.evaluate.metrics.Metric;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Pictures that stand for many, with their maps. */
final class CaseSection {
    private final JsonNode report;
    private final TrialTable table;
    private final CasePictures pictures;
    private final StringBuilder page = new StringBuilder();

    CaseSection(JsonNode report, TrialTable table, CasePictures pictures) {
        this.report = report;
        this.table = table;
        this.pictures = pictures;
    }

    /** Empty if there are none. */
    String html() throws IOException {
        if (report.path("cases").isEmpty()) {
            return "";
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
        return page.toString();
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
}
