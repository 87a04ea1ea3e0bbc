package io.hedgerow.compiler.geometry;

import io.hedgerow.compiler.api.Placement;
import io.hedgerow.compiler.api.Run;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cells of the map that several maps are placed on and summed in: as fine as the finest of them, and as far as all of
 * them reach. A single map whose cells lie evenly keeps them.
 *
 * @param down along the picture's height
 * @param across along its width
 */
public record MapGrid(Side down, Side across) {
    /** More cells than the largest map has, and than this, are not made. */
    private static final long MOST_CELLS = 1 << 22;

    private static final double ROUNDING = 1e-6;

    /**
     * Cells along one side.
     *
     * @param cells how many
     * @param offset where the first begins, in pixels of the model's input
     * @param size of each, in pixels
     */
    public record Side(int cells, double offset, double size) {
        private static Side of(List<Run> runs) {
            Run finest = runs.stream()
                    .min(Comparator.comparingDouble(Run::size).thenComparing(run -> -run.count()))
                    .orElseThrow();
            double size = finest.size();
            double origin = finest.lowest();
            double lowest = runs.stream().mapToDouble(Run::lowest).min().orElseThrow();
            double highest = runs.stream().mapToDouble(Run::highest).max().orElseThrow();
            long before = Math.round(Math.ceil((origin - lowest) / size - ROUNDING));
            long after = Math.round(Math.ceil((highest - origin) / size - ROUNDING));
            return new Side(Math.toIntExact(before + after), before == 0 ? origin : origin - before * size, size);
        }

        private Side halved() {
            return new Side((cells + 1) / 2, offset, 2 * size);
        }
    }

    /** The grid of maps that are placed so. */
    public static MapGrid of(List<Placement> placements) {
        Side down = Side.of(runs(placements.stream().map(Placement::down)));
        Side across = Side.of(runs(placements.stream().map(Placement::across)));
        long most = placements.stream()
                .mapToLong(place -> (long) cells(place.down()) * cells(place.across()))
                .reduce(MOST_CELLS, Math::max);
        while ((long) down.cells() * across.cells() > most) {
            down = down.halved();
            across = across.halved();
        }
        return new MapGrid(down, across);
    }

    private static List<Run> runs(Stream<List<Run>> sides) {
        return sides.flatMap(List::stream).toList();
    }

    private static int cells(List<Run> runs) {
        return runs.stream().mapToInt(Run::count).sum();
    }
}
