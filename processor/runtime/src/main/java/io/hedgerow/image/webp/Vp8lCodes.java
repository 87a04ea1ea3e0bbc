package io.hedgerow.image.webp;

import io.hedgerow.image.pixels.BadImageException;

/**
 * The five codes that pixels of a part of a lossless WebP are written in (RFC 9649, section 3.7.2.2).
 *
 * @param green greens, lengths of copies and places in the cache of colours
 * @param distance of copies
 */
record Vp8lCodes(Vp8lCode green, Vp8lCode red, Vp8lCode blue, Vp8lCode alpha, Vp8lCode distance) {
    static final int LITERALS = 256;
    static final int COPIES = 24;
    private static final int DISTANCES = 40;

    static Vp8lCodes read(Vp8lBits bits, int cached) throws BadImageException {
        return new Vp8lCodes(
                Vp8lCode.read(bits, LITERALS + COPIES + cached),
                Vp8lCode.read(bits, LITERALS),
                Vp8lCode.read(bits, LITERALS),
                Vp8lCode.read(bits, LITERALS),
                Vp8lCode.read(bits, DISTANCES));
    }
}
