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
}
