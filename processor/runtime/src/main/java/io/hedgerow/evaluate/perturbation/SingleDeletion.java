package io.hedgerow.evaluate.perturbation;

import io.hedgerow.evaluate.metrics.Cells;
import io.hedgerow.evaluate.metrics.Order;
import io.hedgerow.evaluate.metrics.Relevance;
import io.hedgerow.evaluate.statistics.Ranks;
import java.util.ArrayList;
import java.util.List;

/**
 * What covering each of 4 × 4 cells costs the score, asked once for all methods (Hesse et al., "Benchmarking the Attribution
 * Quality of Vision Models", 2024, without their fine-tuning).
 */
public final class SingleDeletion {
    /** Cells along a side. */
    public static final int SIDE = 4;

    private final Cells cells;
    private final Ticket whole;
    private final List<Ticket> without = new ArrayList<>();

    public SingleDeletion(Forwards forwards, Subject subject, int height, int width) {
        cells = Cells.square(SIDE, height, width);
        int[] inOrder = new int[cells.count()];
        for (int cell = 0; cell < inOrder.length; cell++) {
            inOrder[cell] = cell;
        }
        Covered.Sequence sequence = new Covered.Sequence(cells, Order.of(new float[cells.count()], inOrder));
        whole = forwards.ask(subject, Covered.NOTHING);
        for (int cell = 0; cell < cells.count(); cell++) {
            without.add(forwards.ask(subject, Covered.of(Cover.GREY, sequence, cell, cell + 1)));
        }
    }

    /** Rank correlation of the cells' relevance with what they are worth to the k-th class's score; NaN of a constant map. */
    public double correlation(Relevance map, int k) {
        float[] means = map.means(cells);
        double[] relevance = new double[means.length];
        double[] worth = new double[means.length];
        for (int cell = 0; cell < means.length; cell++) {
            relevance[cell] = means[cell];
            worth[cell] = whole.score(k) - without.get(cell).score(k);
        }
        return Ranks.correlation(relevance, worth);
    }
}
