package io.hedgerow.image.tiff;

import io.hedgerow.image.pixels.BadImageException;

/** LZW as TIFF has it (TIFF 6.0, section 13): the highest bit first, codes growing one entry early. */
final class TiffLzw {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int MIN_BITS = 9;
    private static final int MAX_BITS = 12;

    /** Of each string: the string that it extends, its last byte, its length. */
    private final char[] prefixes = new char[1 << MAX_BITS];

    private final byte[] suffixes = new byte[1 << MAX_BITS];
    private final char[] lengths = new char[1 << MAX_BITS];

    TiffLzw() {
        for (int i = 0; i < CLEAR; i++) {
            suffixes[i] = (byte) i;
            lengths[i] = 1;
        }
    }

    /**
     * Fills the array's beginning.
     *
     * @return how many bytes of it were filled before the data ended
     */
    int unpack(byte[] in, int from, int to, byte[] out, int size) throws BadImageException {
        if (to - from > 1 && in[from] == 0 && (in[from + 1] & 1) == 1) {
            throw new BadImageException("the TIFF is compressed in an unsupported way (LZW of before TIFF 5.0)");
        }
        int filled = 0;
        int next = FIRST;
        int bits = MIN_BITS;
        int previous = CLEAR;
        long buffer = 0;
        int count = 0;
        for (int position = from; filled < size; ) {
            for (; count < bits && position < to; count += 8) {
                buffer = buffer << 8 | (in[position++] & 0xff);
            }
            if (count < bits) {
                return filled;
            }
            count -= bits;
            int code = (int) (buffer >> count) & ((1 << bits) - 1);
            if (code == END) {
                return filled;
            }
            if (code == CLEAR) {
                next = FIRST;
                bits = MIN_BITS;
                previous = CLEAR;
                continue;
            }
            boolean starts = previous == CLEAR;
            if (code >= (starts ? CLEAR : next + 1) || (code == next && next == suffixes.length)) {
                throw new BadImageException("the TIFF is damaged: its LZW data have a code that is none");
            }
            if (!starts && next < suffixes.length) {
                prefixes[next] = (char) previous;
                lengths[next] = (char) (lengths[previous] + 1);
                suffixes[next] = first(code == next ? previous : code);
                next++;
                if (next == (1 << bits) - 1 && bits < MAX_BITS) {
                    bits++;
                }
            }
            filled = write(code, out, filled, size);
            previous = code;
        }
        return filled;
    }

    private byte first(int code) {
        int string = code;
        while (string >= FIRST) {
            string = prefixes[string];
        }
        return suffixes[string];
    }

    private int write(int code, byte[] out, int filled, int size) {
        int end = filled + lengths[code];
        int string = code;
        for (int at = end - 1; at >= filled; at--) {
            if (at < size) {
                out[at] = suffixes[string];
            }
            string = prefixes[string];
        }
        return Math.min(end, size);
    }
}
