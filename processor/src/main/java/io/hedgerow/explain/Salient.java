package io.hedgerow.explain;

/** The cells of one sign that count as salient, asked for one after the other in row-major order, once. */
final class Salient {
    private final int sign;
    private final float threshold;
    private final double total;
    private int equalsLeft;

    /**
     * @param sign 1 or −1
     * @param threshold magnitude above which every cell counts, above 0
     * @param equals how many of the cells with just this magnitude count: the first
     * @param total relevance of all cells of the sign
     */
    Salient(int sign, float threshold, int equals, double total) {
        this.sign = sign;
        this.threshold = threshold;
        this.equalsLeft = equals;
        this.total = total;
    }

    static Salient none(int sign) {
        return new Salient(sign, Float.POSITIVE_INFINITY, 0, 0);
    }

    boolean takes(float relevance) {
        float magnitude = sign * relevance;
        return magnitude >= threshold && (magnitude > threshold || equalsLeft-- > 0);
    }

    double total() {
        return total;
    }
}
