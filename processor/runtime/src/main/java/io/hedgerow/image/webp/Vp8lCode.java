package io.hedgerow.image.webp;

import io.hedgerow.image.pixels.BadImageException;

/** A canonical prefix code (RFC 9649, section 3.7.2): codes of up to 8 bits by a table, longer ones bit by bit. */
final class Vp8lCode {
    private static final int MAX_LENGTH = 15;
    private static final int TABLE_BITS = 8;
    private static final int LENGTHS = 19;
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    /** Symbols in the order of their codes. */
    private final char[] symbols;
    /** How many codes there are of each length. */
    private final int[] counts = new int[MAX_LENGTH + 1];

    private final int tableBits;
    /** By the next bits: symbol and length of the code that they begin with; 0 if it is longer. */
    private final char[] table;

    private Vp8lCode(int[] lengths) throws BadImageException {
        int used = 0;
        int longest = 0;
        for (int length : lengths) {
            used += length > 0 ? 1 : 0;
            counts[length]++;
            longest = Math.max(longest, length);
        }
        counts[0] = 0;
        symbols = new char[used];
        int[] next = new int[MAX_LENGTH + 2];
        int open = 1;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            next[length + 1] = next[length] + counts[length];
            open = 2 * open - counts[length];
            if (open < 0) {
                throw incomplete();
            }
        }
        if (used == 0 || (open > 0 && used > 1)) {
            throw incomplete();
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[next[lengths[symbol]]++] = (char) symbol;
            }
        }
        tableBits = used == 1 ? 0 : Math.min(TABLE_BITS, longest);
        table = new char[1 << tableBits];
        fill();
    }

    private void fill() {
        int code = 0;
        int index = 0;
        for (int length = 1; length <= tableBits; length++) {
            for (int i = 0; i < counts[length]; i++, code++, index++) {
                int reversed = Integer.reverse(code) >>> (Integer.SIZE - length);
                for (int at = reversed; at < table.length; at += 1 << length) {
                    table[at] = (char) (symbols[index] << 4 | length);
                }
            }
            code <<= 1;
        }
    }

    /** Reads the lengths of the codes of an alphabet. */
    static Vp8lCode read(Vp8lBits bits, int alphabet) throws BadImageException {
        int[] lengths = new int[alphabet];
        if (bits.flag()) {
            boolean two = bits.flag();
            one(lengths, bits.read(bits.flag() ? 8 : 1));
            if (two) {
                one(lengths, bits.read(8));
            }
            return new Vp8lCode(lengths);
        }
        int[] ofLengths = new int[LENGTHS];
        int stored = 4 + bits.read(4);
        for (int i = 0; i < stored; i++) {
            ofLengths[ORDER[i]] = bits.read(3);
        }
        lengths(bits, new Vp8lCode(ofLengths), lengths);
        return new Vp8lCode(lengths);
    }

    private static void one(int[] lengths, int symbol) throws BadImageException {
        if (symbol >= lengths.length) {
            throw incomplete();
        }
        lengths[symbol] = 1;
    }

    private static void lengths(Vp8lBits bits, Vp8lCode code, int[] lengths) throws BadImageException {
        int stored = bits.flag() ? 2 + bits.read(2 + 2 * bits.read(3)) : lengths.length;
        if (stored > lengths.length) {
            throw incomplete();
        }
        int previous = 8;
        for (int i = 0; i < lengths.length && stored > 0; stored--) {
            int length = code.read(bits);
            if (length < 16) {
                previous = length == 0 ? previous : length;
                lengths[i++] = length;
                continue;
            }
            int times = length == 16 ? 3 + bits.read(2) : length == 17 ? 3 + bits.read(3) : 11 + bits.read(7);
            if (times > lengths.length - i) {
                throw incomplete();
            }
            for (int end = i + times; i < end; i++) {
                lengths[i] = length == 16 ? previous : 0;
            }
        }
    }

    /** Reads a symbol. */
    int read(Vp8lBits bits) throws BadImageException {
        if (tableBits == 0) {
            return symbols[0];
        }
        int next = bits.peek(MAX_LENGTH);
        int entry = table[next & (table.length - 1)];
        if (entry != 0) {
            bits.skip(entry & 15);
            return entry >> 4;
        }
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MAX_LENGTH; length++, next >>= 1) {
            code |= next & 1;
            if (code - first < counts[length]) {
                bits.skip(length);
                return symbols[index + code - first];
            }
            index += counts[length];
            first = (first + counts[length]) << 1;
            code <<= 1;
        }
        throw incomplete();
    }

    private static BadImageException incomplete() {
        return new BadImageException("the WebP is damaged: it has a code that is none");
    }
}
