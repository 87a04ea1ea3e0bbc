package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Texts and numbers as pages have them. */
final class Html {
    private Html() {}

    /** What means something to HTML means itself. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(Character.isISOControl(c) && c != '\n' ? ' ' : c);
            }
        }
        return escaped.toString();
    }

    /** Three digits that say something; a dash for nothing. */
    static String number(JsonNode value) {
        return value.isNumber() ? number(value.asDouble()) : "–";
    }

    static String number(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (size >= 1e6) {
            return "> 10⁶";
        }
        return String.format(
                        Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value)
                .replace('-', '−');
    }

    /** Coordinates in drawings. */
    static String at(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }
}
