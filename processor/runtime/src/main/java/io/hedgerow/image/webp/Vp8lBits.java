package io.hedgerow.image.webp;

import io.hedgerow.image.pixels.BadImageException;

/** The bits of a lossless WebP, the lowest of each byte first (RFC 9649, section 3.4). */
final class Vp8lBits {
    private final byte[] data;
    private final int end;
    private int position;
    private long value;
    private int count;

    /**
     * @param from first byte
     * @param to after the last byte
     */
    Vp8lBits(byte[] data, int from, int to) {
        this.data = data;
        position = from;
        end = to;
    }

    /** The next bits, at most 24, as a number. */
    int read(int bits) throws BadImageException {
        int number = peek(bits);
        skip(bits);
        return number;
    }

    boolean flag() throws BadImageException {
        return read(1) == 1;
    }

    /** The next bits without taking them; zeros follow the end of the data. */
    int peek(int bits) {
        while (count < bits && position < end) {
            value |= (data[position++] & 0xffL) << count;
            count += 8;
        }
        return (int) (value & ((1L << bits) - 1));
    }

    void skip(int bits) throws BadImageException {
        if (bits > count) {
            throw new BadImageException("the WebP is damaged: its data end before the picture does");
        }
        value >>>= bits;
        count -= bits;
    }
}
