package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** How the model's output changes as pixels are covered or shown. */
final class CurveSection {
    private final JsonNode report;
    private final TrialTable table;
    private final Palette palette;
    private final StringBuilder page = new StringBuilder();

    CurveSection(JsonNode report, TrialTable table, Palette palette) {
        this.report = report;
        this.table = table;
        this.palette = palette;
    }

    /** Empty if there are no curves. */
    String html() {
        JsonNode curves = report.path("curves");
        if (curves.isEmpty()) {
            return "";
        }
        page.append(
                        "<section>\n<h2>Curves</h2>\n<p class=\"how\">The model's own output as pixels are covered or shown,")
                .append(" or how alike maps are as the model forgets; bands are 95 %.</p>\n");
        legend();
        page.append("<div class=\"charts\">\n");
        CurveChart chart = new CurveChart(table.methods(), palette, new CurveShares(report.path("settings")));
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
        return page.toString();
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
}
