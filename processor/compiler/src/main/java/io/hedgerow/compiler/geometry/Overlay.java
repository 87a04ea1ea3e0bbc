package io.hedgerow.compiler.geometry;

import org.jspecify.annotations.Nullable;

/** Axes of several tensors that meet entry by entry. */
final class Overlay {
    private Overlay() {}

    /**
     * The axis of both: where one has a single index it is repeated, and where only one shows the picture it decides.
     */
    static PictureAxis of(PictureAxis one, PictureAxis other, Step step) {
        if (one.equals(other)) {
            return one;
        }
        if (one.count() != other.count()) {
            return one.count() == 1 ? other : one;
        }
        Strand first = one.strand();
        Strand second = other.strand();
        if (first.lost() != null || second.lost() != null) {
            return PictureAxis.of(first.lost() == null ? second : first);
        }
        @Nullable Positions here = first.positions();
        @Nullable Positions there = second.positions();
        if (here == null || there == null) {
            return here == null ? other : one;
        }
        return PictureAxis.of(here.merged(there)
                .map(Strand::of)
                .orElseGet(() -> Strand.lost(
                        one.count(),
                        "%s, which lays different parts of the picture over each other".formatted(step.node()))));
    }
}
