package io.hedgerow.cli;

import java.util.ArrayList;
import java.util.List;

/** Two aligned columns: what, and how much. */
final class Table {
    private final List<String[]> rows = new ArrayList<>();

    Table row(String name, Object value) {
        rows.add(new String[] {name, String.valueOf(value)});
        return this;
    }

    @Override
    public String toString() {
        int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            text.append("%-".concat(width + "s  %s%n").formatted(row[0], row[1]));
        }
        return text.toString();
    }
}
