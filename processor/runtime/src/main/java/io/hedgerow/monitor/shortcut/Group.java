package io.hedgerow.monitor.shortcut;

import io.hedgerow.Example;
import io.hedgerow.MapGroup;
import io.hedgerow.VerdictKind;
import io.hedgerow.monitor.profile.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Maps that look at one place. Immutable; arrays aren't copied and must not be changed.
 *
 * @param id names it within its class
 * @param seed the map that all others in it are like
 * @param share share of the class's maps that are in it, 0 to 1
 * @param maps maps in it
 * @param suspicious whether it is as small and as far off the middle as a shortcut
 * @param meanMap mean of its maps, 256 shares, row-major
 * @param scoreDifference mean score of its events less that of others; null if there are none
 * @param examples some of its events
 * @param verdict what a person said; null if nobody has
 */
@SuppressWarnings("ArrayRecordComponent")
public record Group(
        String id,
        Grid seed,
        double share,
        int maps,
        boolean suspicious,
        float[] meanMap,
        @Nullable Double scoreDifference,
        List<Example> examples,
        @Nullable VerdictKind verdict) {
    private static final double INSIDE = 0.8;

    Group named(String known, @Nullable VerdictKind answer) {
        return new Group(known, seed, share, maps, suspicious, meanMap, scoreDifference, examples, answer);
    }

    /** The same group, of which no map is among those kept now. */
    Group absent() {
        return new Group(id, seed, 0, 0, suspicious, meanMap, scoreDifference, examples, verdict);
    }

    /** The same group with a person's answer. */
    public Group answered(VerdictKind answer) {
        return named(id, answer);
    }

    /** The group as records have it. */
    public MapGroup record() {
        Box box = box();
        List<Float> mean = new ArrayList<>(meanMap.length);
        for (float cell : meanMap) {
            mean.add(cell);
        }
        return new MapGroup(
                id,
                share,
                maps,
                suspicious,
                box.row(),
                box.column(),
                box.rows(),
                box.columns(),
                mean,
                scoreDifference,
                verdict);
    }

    /**
     * A part of the 16 × 16 cells.
     *
     * @param row first row
     * @param column first column
     */
    public record Box(int row, int column, int rows, int columns) {}

    /** The box around the cells that hold four fifths of the mean map. */
    public Box box() {
        Integer[] order = IntStream.range(0, Grid.CELLS)
                .boxed()
                .sorted((a, b) -> Float.compare(meanMap[b], meanMap[a]))
                .toArray(Integer[]::new);
        int top = Grid.SIDE;
        int left = Grid.SIDE;
        int bottom = 0;
        int right = 0;
        double inside = 0;
        for (int at = 0; at < order.length && inside < INSIDE; at++) {
            int row = order[at] / Grid.SIDE;
            int column = order[at] % Grid.SIDE;
            inside += meanMap[order[at]];
            top = Math.min(top, row);
            left = Math.min(left, column);
            bottom = Math.max(bottom, row + 1);
            right = Math.max(right, column + 1);
        }
        return new Box(top, left, Math.max(bottom - top, 0), Math.max(right - left, 0));
    }
}
