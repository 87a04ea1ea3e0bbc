package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Mean curves of all methods with their bands, as inline SVG. */
final class CurveChart {
    private static final int WIDTH = 340;
    private static final int HEIGHT = 220;
    private static final int LEFT = 40;
    private static final int TOP = 8;
    private static final int FOOT = 34;

    private final List<String> methods;
    private final Palette palette;
    private final CurveShares shares;

    CurveChart(List<String> methods, Palette palette, CurveShares shares) {
        this.methods = methods;
        this.palette = palette;
        this.shares = shares;
    }

    String svg(String name, JsonNode ofMethods, String across) {
        double low = 0;
        double high = 0;
        int points = 2;
        for (Map.Entry<String, JsonNode> entry : ofMethods.properties()) {
            points = entry.getValue().path("mean").size();
            for (JsonNode value : entry.getValue().path("low")) {
                low = Math.min(low, value.asDouble());
            }
            for (JsonNode value : entry.getValue().path("high")) {
                high = Math.max(high, value.asDouble());
            }
        }
        high = high == low ? low + 1 : high;
        double[] shares = this.shares.of(name, points);
        double last = shares[shares.length - 1];
        StringBuilder svg =
                new StringBuilder("<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
                        .formatted(WIDTH, HEIGHT, Html.escaped(name)));
        Frame frame = new Frame(low, high, last);
        for (double tick : Ticks.of(low, high)) {
            svg.append("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%3$s\" y2=\"%3$s\"/>"
                    .formatted(LEFT, WIDTH - 4, Html.at(frame.y(tick))));
            svg.append("<text class=\"tick\" x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>"
                    .formatted(LEFT - 6, Html.at(frame.y(tick) + 4), Ticks.text(tick)));
        }
        for (double tick : Ticks.of(0, last)) {
            svg.append("<text class=\"tick\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s %%</text>"
                    .formatted(Html.at(frame.x(tick)), HEIGHT - FOOT + 15, Ticks.text(100 * tick)));
        }
        svg.append("<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                .formatted((LEFT + WIDTH) / 2, HEIGHT - 4, Html.escaped(across)));
        for (int i = methods.size() - 1; i >= 0; i--) {
            JsonNode curve = ofMethods.path(methods.get(i));
            if (curve.has("mean")) {
                draw(svg, methods.get(i), curve, shares, frame);
            }
        }
        return svg.append("</svg>").toString();
    }

    private record Frame(double low, double high, double last) {
        double x(double share) {
            return LEFT + share / last * (WIDTH - LEFT - 4);
        }

        double y(double score) {
            return TOP + (high - score) / (high - low) * (HEIGHT - TOP - FOOT);
        }
    }

    private void draw(StringBuilder svg, String method, JsonNode curve, double[] shares, Frame frame) {
        StringBuilder band = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < shares.length; i++) {
            point(band, frame.x(shares[i]), frame.y(curve.path("high").get(i).asDouble()));
            point(line, frame.x(shares[i]), frame.y(curve.path("mean").get(i).asDouble()));
        }
        for (int i = shares.length - 1; i >= 0; i--) {
            point(band, frame.x(shares[i]), frame.y(curve.path("low").get(i).asDouble()));
        }
        svg.append("<g style=\"--c:%s\"><title>%s</title><polygon class=\"band\" points=\"%s\"/>"
                .formatted(palette.of(method), Html.escaped(method), band));
        svg.append("<polyline class=\"line\" points=\"%s\"/></g>".formatted(line));
    }

    private static void point(StringBuilder points, double x, double y) {
        points.append(points.isEmpty() ? "" : " ")
                .append(Html.at(x))
                .append(',')
                .append(Html.at(y));
    }
}
