package io.hedgerow.compiler.api;

import java.util.List;

/**
 * Where a map's cells lie on the picture that a model takes. Rows and columns in no run are padding, which shows no picture;
 * those of several runs at one place are copies of one part of the picture.
 *
 * @param transposed whether the map's rows run along the picture's columns
 * @param down what lies along the picture's height: rows of the map, or columns of a transposed one
 * @param across what lies along the picture's width
 */
public record Placement(boolean transposed, List<Run> down, List<Run> across) {
    public Placement {
        down = List.copyOf(down);
        across = List.copyOf(across);
    }

    /**
     * The place of another map, whose cells share evenly what this one shows of the picture.
     *
     * @param rows of the other map, at least 1
     * @param columns of it, at least 1
     */
    public Placement shared(int rows, int columns) {
        return new Placement(
                transposed,
                List.of(shared(down, transposed ? columns : rows)),
                List.of(shared(across, transposed ? rows : columns)));
    }

    private static Run shared(List<Run> runs, int count) {
        double lowest = runs.stream().mapToDouble(Run::lowest).min().orElseThrow();
        double highest = runs.stream().mapToDouble(Run::highest).max().orElseThrow();
        double size = (highest - lowest) / count;
        boolean mirrored = runs.get(0).step() < 0;
        return new Run(0, count, mirrored ? highest - size / 2 : lowest + size / 2, mirrored ? -size : size, size);
    }
}
