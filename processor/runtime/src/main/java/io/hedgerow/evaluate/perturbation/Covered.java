package io.hedgerow.evaluate.perturbation;

import io.hedgerow.evaluate.metrics.Cells;
import io.hedgerow.evaluate.metrics.Order;
import org.jspecify.annotations.Nullable;

/**
 * A picture with some of its cells covered. Equal ones make equal pictures.
 *
 * @param cover what with; null if nothing is covered
 * @param sequence in which order; null if everything is covered, or nothing
 * @param from the first of the order's places that is covered
 * @param to the place after the last
 */
public record Covered(@Nullable Cover cover, @Nullable Sequence sequence, int from, int to) {
    /** The picture as it is. */
    public static final Covered NOTHING = new Covered(null, null, 0, 0);

    /** Cells in an order. */
    public record Sequence(Cells cells, Order order) {}

    /** All of it covered. */
    public static Covered whole(Cover cover) {
        return new Covered(cover, null, 0, 0);
    }

    /** Some cells covered, those at places from one inclusive to another exclusive. */
    public static Covered of(Cover cover, Sequence sequence, int from, int to) {
        if (from == to) {
            return NOTHING;
        }
        return to - from == sequence.order().size() ? whole(cover) : new Covered(cover, sequence, from, to);
    }
}
