package io.hedgerow.evaluate.report;

import java.util.HashMap;
import java.util.Map;

/** A colour for each method, by the variables of the style sheet: the first stands out, controls are grey. */
final class Palette {
    private static final int COLOURS = 10;

    private final Map<String, String> colours = new HashMap<>();

    Palette(TrialTable table) {
        int next = 0;
        int control = 0;
        for (String method : table.methods()) {
            colours.put(
                    method,
                    table.isControl(method)
                            ? "var(--control-" + control++ % 3 + ")"
                            : "var(--m" + next++ % COLOURS + ")");
        }
    }

    String of(String method) {
        return colours.getOrDefault(method, "currentColor");
    }
}
