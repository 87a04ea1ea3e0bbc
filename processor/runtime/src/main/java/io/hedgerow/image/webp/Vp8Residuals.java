package io.hedgerow.image.webp;

import io.hedgerow.image.pixels.BadImageException;
import java.util.Arrays;

/** The coefficients of macroblocks (RFC 6386, section 13): of 16 blocks of luma, 4 of each colour, in that order. */
final class Vp8Residuals {
    private static final int BLOCKS = 24;
    private static final int AFTER_MEANS = 0;
    private static final int MEANS = 1;
    private static final int COLOUR = 2;
    private static final int LUMA = 3;
    /** Contexts of a macroblock: 4 blocks of luma, 2 of each colour, the means. */
    private static final int CONTEXTS = 9;

    private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    private static final int[][] LARGE = {
        {173, 148, 140},
        {176, 155, 140, 135},
        {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
    };

    private final int[] probabilities;
    private final int[] above;
    private final int[] left = new int[CONTEXTS];
    private final int[] coefficients = new int[BLOCKS * 16];
    private final int[] means = new int[16];

    /** @param columns macroblocks in a row */
    Vp8Residuals(int[] probabilities, int columns) {
        this.probabilities = probabilities;
        above = new int[CONTEXTS * columns];
    }

    void startRow() {
        Arrays.fill(left, 0);
    }

    /** Passes over a macroblock without coefficients. */
    void skip(int column, boolean inBlocks) {
        // where there are no means, what is known of the last ones stays
        int contexts = inBlocks ? CONTEXTS - 1 : CONTEXTS;
        Arrays.fill(above, CONTEXTS * column, CONTEXTS * column + contexts, 0);
        Arrays.fill(left, 0, contexts, 0);
    }

    /**
     * Reads a macroblock.
     *
     * @return whether anything in it is not 0
     */
    boolean read(Vp8Bits bits, int column, boolean inBlocks, Vp8Steps steps) throws BadImageException {
        Arrays.fill(coefficients, 0);
        int top = CONTEXTS * column;
        if (!inBlocks) {
            Arrays.fill(means, 0);
            int context = above[top + 8] + left[8];
            int found = block(bits, MEANS, context, steps.means, 0, means, 0) > 0 ? 1 : 0;
            above[top + 8] = found;
            left[8] = found;
            Vp8Transform.means(means, coefficients);
        }
        int first = inBlocks ? 0 : 1;
        boolean any = false;
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int at = 16 * (4 * y + x);
                any |= context(bits, inBlocks ? LUMA : AFTER_MEANS, top + x, y, steps.luma, first, at);
            }
        }
        for (int block = 16, side = 4; side < 8; side += 2) {
            for (int i = 0; i < 4; i++, block++) {
                any |= context(bits, COLOUR, top + side + i % 2, side + i / 2, steps.colour, 0, 16 * block);
            }
        }
        return any;
    }

    private boolean context(Vp8Bits bits, int kind, int top, int side, int[] steps, int first, int at)
            throws BadImageException {
        int count = block(bits, kind, above[top] + left[side], steps, first, coefficients, at);
        int found = count > first ? 1 : 0;
        above[top] = found;
        left[side] = found;
        return count > 1 || coefficients[at] != 0;
    }

    /** Reads coefficients until there are no more; how many positions they take. */
    private int block(Vp8Bits bits, int kind, int context, int[] steps, int first, int[] into, int at)
            throws BadImageException {
        int p = probabilities(kind, first, context);
        for (int n = first; n < 16; n++) {
            if (bits.bit(probabilities[p]) == 0) {
                return n;
            }
            while (bits.bit(probabilities[p + 1]) == 0) {
                if (++n == 16) {
                    return 16;
                }
                p = probabilities(kind, n, 0);
            }
            int value = bits.bit(probabilities[p + 2]) == 0 ? 1 : large(bits, p);
            p = probabilities(kind, n + 1, value == 1 ? 1 : 2);
            into[at + ZIGZAG[n]] = (short) (bits.negatedIfSaid(value) * steps[n > 0 ? 1 : 0]);
        }
        return 16;
    }

    private int large(Vp8Bits bits, int p) throws BadImageException {
        if (bits.bit(probabilities[p + 3]) == 0) {
            return bits.bit(probabilities[p + 4]) == 0 ? 2 : 3 + bits.bit(probabilities[p + 5]);
        }
        if (bits.bit(probabilities[p + 6]) == 0) {
            if (bits.bit(probabilities[p + 7]) == 0) {
                return 5 + bits.bit(159);
            }
            int upper = 7 + 2 * bits.bit(165);
            return upper + bits.bit(145);
        }
        int upper = bits.bit(probabilities[p + 8]);
        int category = 2 * upper + bits.bit(probabilities[p + 9 + upper]);
        int value = 0;
        for (int probability : LARGE[category]) {
            value = 2 * value + bits.bit(probability);
        }
        return value + 3 + (8 << category);
    }

    private static int probabilities(int kind, int position, int context) {
        return ((kind * Vp8Tables.BANDS + BANDS[position]) * Vp8Tables.CONTEXTS + context) * Vp8Tables.PROBABILITIES;
    }

    /** Sixteen of each block, row by row. */
    int[] coefficients() {
        return coefficients;
    }
}
