package io.hedgerow.evaluate.perturbation;

import io.hedgerow.evaluate.metrics.Cells;
import io.hedgerow.evaluate.metrics.Curve;
import io.hedgerow.evaluate.metrics.Order;
import io.hedgerow.evaluate.metrics.Relevance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores as 14 × 14 cells are covered, the most relevant first (MoRF) and the least relevant first (LeRF), at 14 counts that grow
 * geometrically from one cell to all (Blücher et al., "Decoupling Pixel Flipping and Occlusion Strategy", 2024).
 */
public final class CellCurves {
    /** Cells along a side, and points of a curve after its first. */
    public static final int SIDE = 14;

    private final List<Ticket> morf = new ArrayList<>();
    private final List<Ticket> lerf = new ArrayList<>();
    private final double[] shares;

    /** Asks for what the curves of a map need. */
    public CellCurves(Forwards forwards, Subject subject, Relevance map, Cover cover) {
        Cells cells = Cells.square(SIDE, map.height(), map.width());
        Order order = Order.of(map.means(cells), Order.permutation(cells.count(), subject.seed()));
        Covered.Sequence sequence = new Covered.Sequence(cells, order);
        int[] counts = counts(cells.count());
        shares = shares(cells.count());
        for (int i = 0; i < counts.length; i++) {
            morf.add(forwards.ask(subject, Covered.of(cover, sequence, 0, counts[i])));
            lerf.add(forwards.ask(subject, Covered.of(cover, sequence, cells.count() - counts[i], cells.count())));
        }
    }

    /** The shares covered, of so many cells. */
    public static double[] shares(int cells) {
        return Arrays.stream(counts(cells))
                .mapToDouble(count -> count / (double) cells)
                .toArray();
    }

    /** 0, then up to 14 whole numbers in about a geometric series, the last being all cells. */
    static int[] counts(int cells) {
        List<Integer> counts = new ArrayList<>(List.of(0));
        for (int point = 0; point < SIDE && counts.get(counts.size() - 1) < cells; point++) {
            int count = (int) Math.round(Math.pow(cells, point / (SIDE - 1.0)));
            counts.add(Math.min(cells, Math.max(counts.get(counts.size() - 1) + 1, count)));
        }
        return counts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The model's own output of the k-th class, most relevant cells first. */
    public Curve morf(int k) {
        return new Curve(shares, morf.stream().mapToDouble(t -> t.prediction(k)).toArray());
    }

    public Curve lerf(int k) {
        return new Curve(shares, lerf.stream().mapToDouble(t -> t.prediction(k)).toArray());
    }

    /** The area between both curves, of scores before softmax or sigmoid. */
    public double srgOfScores(int k) {
        return new Curve(shares, lerf.stream().mapToDouble(t -> t.score(k)).toArray()).area()
                - new Curve(shares, morf.stream().mapToDouble(t -> t.score(k)).toArray()).area();
    }
}
