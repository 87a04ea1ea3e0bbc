package io.hedgerow.compiler.geometry;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Indices that advance together: an axis of a tensor, or a part of one that a reshape made of several.
 *
 * @param count how many
 * @param positions where each lies on one side of the picture; null if that means nothing
 * @param lost why it means nothing any more; null if it never did, as along a constant
 */
record Strand(int count, @Nullable Positions positions, @Nullable String lost) {
    static Strand of(Positions positions) {
        return new Strand(positions.count(), positions, null);
    }

    /** Which show nothing. */
    static Strand blank(int count) {
        return new Strand(count, null, null);
    }

    static Strand lost(int count, String reason) {
        return new Strand(count, null, reason);
    }

    /** With other positions, if there are any; with another count in any case. */
    Strand moved(int newCount, UnaryOperator<Positions> motion) {
        Positions present = positions;
        return present == null ? new Strand(newCount, null, lost) : of(motion.apply(present));
    }
}
