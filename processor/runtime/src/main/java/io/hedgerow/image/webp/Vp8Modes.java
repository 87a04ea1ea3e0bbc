package io.hedgerow.image.webp;

import io.hedgerow.image.pixels.BadImageException;
import java.util.Arrays;

/** Modes by which macroblocks are predicted (RFC 6386, section 11), read one after another from the first partition. */
final class Vp8Modes {
    static final int DC = 0;
    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;

    /** A tree of the modes of 4 × 4 blocks: the next pair's index, or a mode, negated. */
    private static final int[] BLOCK_TREE = {0, 2, -1, 4, -2, 6, 8, 12, -3, 10, -5, -6, -4, 14, -7, 16, -8, -9};

    private final Vp8Bits bits;
    private final Vp8Header header;
    private final int[] above;
    private final int[] left = new int[4];
    private final int[] blocks = new int[16];
    private int segment;
    private boolean skipped;
    private boolean inBlocks;
    private int luma;
    private int colour;

    /** @param columns macroblocks in a row */
    Vp8Modes(Vp8Bits bits, Vp8Header header, int columns) {
        this.bits = bits;
        this.header = header;
        above = new int[4 * columns];
    }

    void startRow() {
        Arrays.fill(left, DC);
    }

    /** Reads the next macroblock of the row. */
    void read(int column) throws BadImageException {
        segment = header.segment();
        skipped = header.skipped();
        inBlocks = bits.bit(145) == 0;
        if (inBlocks) {
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 4; x++) {
                    int mode = block(above[4 * column + x], left[y]);
                    above[4 * column + x] = mode;
                    left[y] = mode;
                    blocks[4 * y + x] = mode;
                }
            }
        } else {
            luma = bits.bit(156) == 0
                    ? (bits.bit(163) == 0 ? DC : VERTICAL)
                    : (bits.bit(128) == 0 ? HORIZONTAL : TRUE_MOTION);
            Arrays.fill(above, 4 * column, 4 * column + 4, luma);
            Arrays.fill(left, luma);
        }
        colour = colour();
    }

    private int block(int modeAbove, int modeToTheLeft) throws BadImageException {
        int probabilities = (modeAbove * Vp8Tables.MODES + modeToTheLeft) * (Vp8Tables.MODES - 1);
        int node = 0;
        do {
            node = BLOCK_TREE[node + bits.bit(Vp8Tables.TABLES.modes[probabilities + (node >> 1)])];
        } while (node > 0);
        return -node;
    }

    private int colour() throws BadImageException {
        if (bits.bit(142) == 0) {
            return DC;
        }
        if (bits.bit(114) == 0) {
            return VERTICAL;
        }
        return bits.bit(183) == 0 ? HORIZONTAL : TRUE_MOTION;
    }

    int segment() {
        return segment;
    }

    boolean skipped() {
        return skipped;
    }

    /** Whether luma is predicted in blocks of 4 × 4, not whole. */
    boolean inBlocks() {
        return inBlocks;
    }

    /** Mode of a 4 × 4 block of luma: the four above, then 4 down and left, 5 down and right, 6 to 9 steeper or flatter. */
    int block(int index) {
        return blocks[index];
    }

    int luma() {
        return luma;
    }

    int ofColour() {
        return colour;
    }
}
