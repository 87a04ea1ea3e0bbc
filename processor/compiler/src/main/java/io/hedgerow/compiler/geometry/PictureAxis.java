package io.hedgerow.compiler.geometry;

import java.util.List;

/** An axis of a tensor: strands, the last of which advances fastest. Immutable. */
record PictureAxis(List<Strand> strands) {
    PictureAxis {
        strands = List.copyOf(strands);
    }

    static PictureAxis of(Strand strand) {
        return new PictureAxis(List.of(strand));
    }

    static PictureAxis blank(int count) {
        return of(Strand.blank(count));
    }

    int count() {
        return strands.stream().mapToInt(Strand::count).reduce(1, Math::multiplyExact);
    }

    /** All as one. */
    Strand strand() {
        if (strands.size() == 1) {
            return strands.get(0);
        }
        Strand flat = Strand.blank(1);
        for (Strand strand : strands) {
            flat = joined(flat, strand);
        }
        return flat;
    }

    private static Strand joined(Strand outer, Strand inner) {
        int count = outer.count() * inner.count();
        Positions slow = outer.positions();
        Positions fast = inner.positions();
        if (slow != null && fast != null) {
            return Strand.lost(count, "a reshape that runs rows and columns together");
        }
        if (slow != null) {
            return Strand.of(slow.divided(inner.count()));
        }
        if (fast != null) {
            int[] repeated = new int[count];
            for (int i = 0; i < count; i++) {
                repeated[i] = i % inner.count();
            }
            return Strand.of(fast.picked(repeated));
        }
        return new Strand(count, null, outer.lost() == null ? inner.lost() : outer.lost());
    }
}
