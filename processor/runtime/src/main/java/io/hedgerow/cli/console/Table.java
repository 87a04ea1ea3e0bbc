package io.hedgerow.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Aligned columns. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(column == 0 ? "" : "  ").append(("%-" + width(column) + "s").formatted(row.get(column)));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> Math.max(1, row.get(column).length()))
                .max()
                .orElse(1);
    }
}
