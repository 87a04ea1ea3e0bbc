package io.hedgerow.image.webp;

/** Factors of coefficients (RFC 6386, section 14.1): of a block's mean, and of all else. */
final class Vp8Steps {
    private static final int MAX = 127;
    /** The mean of a block of colour is never quantized more coarsely. */
    private static final int MAX_COLOUR = 117;

    /** Of luma. */
    final int[] luma;
    /** Of the sixteen means of a macroblock's luma, transformed once more. */
    final int[] means;
    /** Of colour. */
    final int[] colour;

    /**
     * @param index quantizer index of the segment
     * @param deltas added to it for luma's mean, the means' mean and rest, colour's mean and rest
     */
    Vp8Steps(int index, int[] deltas) {
        int[] dc = Vp8Tables.TABLES.dc;
        int[] ac = Vp8Tables.TABLES.ac;
        luma = new int[] {dc[clip(index + deltas[0], MAX)], ac[clip(index, MAX)]};
        int rest = ac[clip(index + deltas[2], MAX)] * 155 / 100;
        means = new int[] {dc[clip(index + deltas[1], MAX)] * 2, Math.max(8, rest)};
        colour = new int[] {dc[clip(index + deltas[3], MAX_COLOUR)], ac[clip(index + deltas[4], MAX)]};
    }

    private static int clip(int index, int max) {
        return Math.max(0, Math.min(max, index));
    }
}
