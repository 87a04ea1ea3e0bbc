package io.hedgerow.evaluate.metrics;

import java.util.BitSet;

/** Where a class is on the grid of the model's input. Pixels that are left open count neither in nor out. Immutable. */
public final class Region {
    private final BitSet inside;
    private final BitSet ignored;
    private final boolean isOpenAnywhere;
    private final int pixels;
    private final int inner;
    private final int outer;

    /**
     * Takes the sets, without copies.
     *
     * @param pixels of the grid
     */
    public Region(BitSet inside, BitSet ignored, int pixels) {
        this.inside = inside;
        this.ignored = ignored;
        this.isOpenAnywhere = !ignored.isEmpty();
        this.pixels = pixels;
        int in = 0;
        int open = ignored.cardinality();
        for (int p = inside.nextSetBit(0); p >= 0; p = inside.nextSetBit(p + 1)) {
            in += ignored.get(p) ? 0 : 1;
        }
        inner = in;
        outer = pixels - open - in;
    }

    public boolean isInside(int pixel) {
        return inside.get(pixel);
    }

    public boolean isIgnored(int pixel) {
        return isOpenAnywhere && ignored.get(pixel);
    }

    public int pixels() {
        return pixels;
    }

    /** Pixels that count as inside. */
    public int inner() {
        return inner;
    }

    /** Pixels that count as outside. */
    public int outer() {
        return outer;
    }

    /** Share of what counts that is inside. */
    public double area() {
        return inner / (double) (inner + outer);
    }
}
