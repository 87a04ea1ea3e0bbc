package io.hedgerow.image.tiff;

import io.hedgerow.image.pixels.BadImageException;

/** Compression of the strips and tiles of a TIFF. */
enum TiffCompression {
    NONE,
    LZW,
    DEFLATE,
    PACK_BITS,
    JPEG;

    static TiffCompression of(int number) throws BadImageException {
        return switch (number) {
            case 1 -> NONE;
            case 5 -> LZW;
            case 7 -> JPEG;
            case 8, 32946 -> DEFLATE;
            case 32773 -> PACK_BITS;
            default ->
                throw new BadImageException(
                        "the TIFF is compressed in an unsupported way (%s); LZW, Deflate, PackBits and JPEG are decoded"
                                .formatted(name(number)));
        };
    }

    private static String name(int number) {
        return switch (number) {
            case 2, 3, 4, 32771 -> "CCITT fax";
            case 6 -> "old-style JPEG";
            case 9, 10, 34661 -> "JBIG";
            case 33003, 33004, 33005, 34712 -> "JPEG 2000";
            case 34887 -> "LERC";
            case 34925 -> "LZMA";
            case 50000 -> "Zstandard";
            case 50001 -> "WebP";
            case 50002, 52546 -> "JPEG XL";
            default -> "number " + number;
        };
    }

    /** Whether samples may have been replaced by differences beforehand. */
    boolean isPredicted() {
        return this == LZW || this == DEFLATE;
    }
}
