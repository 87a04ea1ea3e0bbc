package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A metric's value for each method as a dot on its interval, as inline SVG. */
final class DotChart {
    private static final int WIDTH = 340;
    private static final int LEFT = 92;
    /** Width of a letter, of most. */
    private static final int LETTER = 6;

    private static final int RIGHT = 52;
    private static final int ROW = 24;
    private static final int FOOT = 22;

    private final List<String> methods;
    private final Palette palette;
    /** Where the plot begins, right of the longest name. */
    private final int left;

    DotChart(List<String> methods, Palette palette) {
        this.methods = methods;
        this.palette = palette;
        int longest = methods.stream().mapToInt(String::length).max().orElse(0);
        this.left = Math.max(LEFT, 14 + LETTER * longest);
    }

    /** @param ofMethods estimates by method */
    String svg(JsonNode ofMethods, String title) {
        double low = 0;
        double high = 0;
        for (String method : methods) {
            low = Math.min(low, ofMethods.path(method).path("low").asDouble(0));
            high = Math.max(high, ofMethods.path(method).path("high").asDouble(0));
        }
        high = high == low ? low + 1 : high;
        int height = methods.size() * ROW + FOOT;
        StringBuilder svg =
                new StringBuilder("<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
                        .formatted(WIDTH, height, Html.escaped(title)));
        double scale = (WIDTH - left - RIGHT) / (high - low);
        for (double tick : Ticks.of(low, high)) {
            double x = left + (tick - low) * scale;
            svg.append("<line class=\"grid\" x1=\"%1$s\" x2=\"%1$s\" y1=\"0\" y2=\"%2$d\"/>"
                    .formatted(Html.at(x), height - FOOT));
            svg.append("<text class=\"tick\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                    .formatted(Html.at(x), height - 7, Ticks.text(tick)));
        }
        for (int i = 0; i < methods.size(); i++) {
            row(svg, methods.get(i), ofMethods.path(methods.get(i)), i * ROW + ROW / 2, low, scale);
        }
        return svg.append("</svg>").toString();
    }

    private void row(StringBuilder svg, String method, JsonNode estimate, int y, double low, double scale) {
        svg.append("<text class=\"name\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                .formatted(left - 10, y + 4, Html.escaped(method)));
        if (!estimate.path("value").isNumber()) {
            return;
        }
        double value = estimate.path("value").asDouble();
        String from = Html.at(left + (estimate.path("low").asDouble(value) - low) * scale);
        String to = Html.at(left + (estimate.path("high").asDouble(value) - low) * scale);
        svg.append("<g style=\"--c:%s\"><title>%s: %s (95 %%: %s to %s)</title>"
                .formatted(
                        palette.of(method),
                        Html.escaped(method),
                        Html.number(value),
                        Html.number(estimate.path("low")),
                        Html.number(estimate.path("high"))));
        svg.append("<line class=\"span\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>".formatted(from, to, y, y));
        svg.append("<circle class=\"dot\" cx=\"%s\" cy=\"%d\" r=\"4.5\"/></g>"
                .formatted(Html.at(left + (value - low) * scale), y));
        svg.append("<text class=\"value\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                .formatted(WIDTH - 2, y + 4, Html.number(value)));
    }
}
