package io.hedgerow.faithfulness;

import io.hedgerow.attribution.SignedMap;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Some of a map's cells. Immutable. */
final class CellSet {
    // RATIONALE: Why is evidence moved elsewhere to see whether it matters, not scattered?
    /** A map of fewer cells leaves too few places for other ones. */
    private static final int LEAST_CELLS = 16;

    private static final double HALF = 0.5;
    private static final int LARGEST_PART = 4;

    private final BitSet cells;
    private final int rows;
    private final int columns;

    private CellSet(BitSet cells, int rows, int columns) {
        this.cells = cells;
        this.rows = rows;
        this.columns = columns;
    }

    /** The fewest cells that carry half of the positive relevance, but at most a quarter of all; empty if there are none. */
    static CellSet evidence(SignedMap map) {
        BitSet cells = new BitSet(map.size());
        int[] sorted = IntStream.range(0, map.size())
                .filter(cell -> map.get(cell) > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer cell) -> -map.get(cell))
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        double all = IntStream.of(sorted).mapToDouble(map::get).sum();
        double carried = 0;
        int most = map.size() < LEAST_CELLS ? 0 : map.size() / LARGEST_PART;
        for (int at = 0; at < Math.min(sorted.length, most) && carried < HALF * all; at++) {
            cells.set(sorted[at]);
            carried += map.get(sorted[at]);
        }
        return new CellSet(cells, map.height(), map.width());
    }

    /**
     * The same cells moved over the map, in at one side what goes out at the other, to where they cover fewest of the cells
     * that they are now: of the places drawn, the first such.
     */
    CellSet elsewhere(Draw draw) {
        CellSet best = this;
        int fewest = Integer.MAX_VALUE;
        for (int at = 0; at + 1 < draw.numbers(); at += 2) {
            CellSet moved = moved(draw.number(at) % rows, draw.number(at + 1) % columns);
            BitSet shared = (BitSet) moved.cells.clone();
            shared.and(cells);
            if (shared.cardinality() < fewest) {
                fewest = shared.cardinality();
                best = moved;
            }
        }
        return best;
    }

    private CellSet moved(int down, int right) {
        BitSet moved = new BitSet(rows * columns);
        cells.stream().forEach(cell -> {
            int row = (cell / columns + down) % rows;
            int column = (cell % columns + right) % columns;
            moved.set(row * columns + column);
        });
        return new CellSet(moved, rows, columns);
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }

    /** Share of all cells. */
    float share() {
        return (float) cells.cardinality() / (rows * columns);
    }

    /** The cells, counted in row-major order. */
    IntStream stream() {
        return cells.stream();
    }
}
