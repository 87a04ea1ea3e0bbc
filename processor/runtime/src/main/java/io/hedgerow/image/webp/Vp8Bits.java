package io.hedgerow.image.webp;

import io.hedgerow.image.pixels.BadImageException;

/** VP8's arithmetic decoder (RFC 6386, section 7). */
final class Vp8Bits {
    private static final int EVEN = 128;

    private final byte[] data;
    private final int end;
    private int position;
    private int value;
    /** One less than the width of the interval. */
    private int range = 254;
    /** Bits of the value beyond the eight that are compared. */
    private int spare = -8;

    /**
     * @param from first byte of the partition
     * @param to after its last byte
     */
    Vp8Bits(byte[] data, int from, int to) {
        this.data = data;
        position = from;
        end = to;
    }

    /**
     * The next bit.
     *
     * @param probability of a 0, in 256ths
     */
    int bit(int probability) throws BadImageException {
        if (spare < 0) {
            load();
        }
        int split = (range * probability) >> 8;
        int bit = (value >> spare) > split ? 1 : 0;
        int width;
        if (bit == 1) {
            width = range - split;
            value -= (split + 1) << spare;
        } else {
            width = split + 1;
        }
        int shift = Integer.numberOfLeadingZeros(width) - 24;
        spare -= shift;
        range = (width << shift) - 1;
        return bit;
    }

    boolean flag() throws BadImageException {
        return bit(EVEN) == 1;
    }

    /** An unsigned number. */
    int literal(int bits) throws BadImageException {
        int number = 0;
        for (int i = 0; i < bits; i++) {
            number = number << 1 | bit(EVEN);
        }
        return number;
    }

    /** A number and its sign, or 0 if there is none. */
    int optional(int bits) throws BadImageException {
        return flag() ? negatedIfSaid(literal(bits)) : 0;
    }

    int negatedIfSaid(int number) throws BadImageException {
        return flag() ? -number : number;
    }

    private void load() throws BadImageException {
        if (position >= end) {
            throw new BadImageException("the WebP is damaged: its data end before the picture does");
        }
        value = value << 8 | (data[position++] & 0xff);
        spare += 8;
    }
}
