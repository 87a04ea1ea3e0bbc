package io.hedgerow.image.webp;

import io.hedgerow.image.pixels.BadImageException;

/** The header of a VP8 key frame (RFC 6386, sections 9.2 to 9.11), read from its first partition. */
final class Vp8Header {
    private static final int SEGMENTS = 4;
    private static final int MAX_LEVEL = 63;

    private final Vp8Bits bits;
    private final boolean segmented;
    private boolean segmentsMapped;
    private boolean absolute;
    private final int[] segmentProbabilities = {255, 255, 255};
    private final int[] segmentQuantizers = new int[SEGMENTS];
    private final int[] segmentLevels = new int[SEGMENTS];
    private final boolean simpleFilter;
    private final int level;
    private final int sharpness;
    private final boolean adjusted;
    /** What is added to the filter's level in key frames, and more where blocks are predicted 4 × 4. */
    private int frameAdjustment;

    private int blockAdjustment;
    private final int partitions;
    private final Vp8Steps[] steps = new Vp8Steps[SEGMENTS];
    private final int[] probabilities = Vp8Tables.TABLES.coefficients.clone();
    private final int skipProbability;

    Vp8Header(Vp8Bits bits) throws BadImageException {
        this.bits = bits;
        // colour space and clamping: decoders go on alike
        bits.literal(2);
        segmented = bits.flag();
        if (segmented) {
            segments();
        }
        simpleFilter = bits.flag();
        level = bits.literal(6);
        sharpness = bits.literal(3);
        adjusted = bits.flag();
        if (adjusted && bits.flag()) {
            adjustments();
        }
        partitions = 1 << bits.literal(2);
        quantizers();
        // whether probabilities are kept for a next frame
        bits.literal(1);
        for (int i = 0; i < probabilities.length; i++) {
            if (bits.bit(Vp8Tables.TABLES.updates[i]) == 1) {
                probabilities[i] = bits.literal(8);
            }
        }
        skipProbability = bits.flag() ? bits.literal(8) : -1;
    }

    private void segments() throws BadImageException {
        segmentsMapped = bits.flag();
        if (bits.flag()) {
            absolute = bits.flag();
            for (int i = 0; i < SEGMENTS; i++) {
                segmentQuantizers[i] = bits.optional(7);
            }
            for (int i = 0; i < SEGMENTS; i++) {
                segmentLevels[i] = bits.optional(6);
            }
        }
        if (segmentsMapped) {
            for (int i = 0; i < segmentProbabilities.length; i++) {
                segmentProbabilities[i] = bits.flag() ? bits.literal(8) : 255;
            }
        }
    }

    private void adjustments() throws BadImageException {
        frameAdjustment = bits.optional(6);
        for (int otherFrames = 0; otherFrames < 3; otherFrames++) {
            bits.optional(6);
        }
        blockAdjustment = bits.optional(6);
        for (int otherModes = 0; otherModes < 3; otherModes++) {
            bits.optional(6);
        }
    }

    private void quantizers() throws BadImageException {
        int base = bits.literal(7);
        int[] deltas = new int[5];
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = bits.optional(4);
        }
        for (int i = 0; i < SEGMENTS; i++) {
            steps[i] = new Vp8Steps(ofSegment(i, segmentQuantizers, base), deltas);
        }
    }

    private int ofSegment(int segment, int[] values, int base) {
        return segmented ? values[segment] + (absolute ? 0 : base) : base;
    }

    /** Reads the segment of the next macroblock. */
    int segment() throws BadImageException {
        if (!segmentsMapped) {
            return 0;
        }
        int upper = bits.bit(segmentProbabilities[0]);
        return 2 * upper + bits.bit(segmentProbabilities[1 + upper]);
    }

    /** Reads whether the next macroblock has no coefficients. */
    boolean skipped() throws BadImageException {
        return skipProbability >= 0 && bits.bit(skipProbability) == 1;
    }

    /** How strongly edges are smoothed, 0 to 63. */
    int level(int segment, boolean inBlocks) {
        if (level == 0) {
            return 0;
        }
        int adjustment = adjusted ? frameAdjustment + (inBlocks ? blockAdjustment : 0) : 0;
        return Math.max(0, Math.min(MAX_LEVEL, ofSegment(segment, segmentLevels, level) + adjustment));
    }

    boolean simpleFilter() {
        return simpleFilter;
    }

    int sharpness() {
        return sharpness;
    }

    int partitions() {
        return partitions;
    }

    Vp8Steps steps(int segment) {
        return steps[segment];
    }

    /** Of coefficients, by kind of block, band and context, 11 each. */
    int[] probabilities() {
        return probabilities;
    }
}
