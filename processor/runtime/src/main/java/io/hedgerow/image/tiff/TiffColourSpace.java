package io.hedgerow.image.tiff;

import io.hedgerow.image.pixels.BadImageException;

/** Colour spaces of a TIFF's samples: those of the photometric interpretations of TIFF 6.0 that are decoded. */
enum TiffColourSpace {
    WHITE_IS_ZERO(1, "grey"),
    BLACK_IS_ZERO(1, "grey"),
    RGB(3, "RGB"),
    PALETTE(1, "a palette"),
    CMYK(4, "CMYK"),
    YCBCR(3, "YCbCr");

    private final int samples;
    private final String title;

    TiffColourSpace(int samples, String title) {
        this.samples = samples;
        this.title = title;
    }

    static TiffColourSpace of(int number) throws BadImageException {
        return switch (number) {
            case 0 -> WHITE_IS_ZERO;
            case 1 -> BLACK_IS_ZERO;
            case 2 -> RGB;
            case 3 -> PALETTE;
            case 5 -> CMYK;
            case 6 -> YCBCR;
            case -1 -> throw new BadImageException("the TIFF is damaged: it doesn't say what its colours are");
            default ->
                throw new BadImageException(
                        "the TIFF is of an unsupported kind: %s; grey, RGB, palettes and CMYK are decoded"
                                .formatted(name(number)));
        };
    }

    private static String name(int number) {
        return switch (number) {
            case 4 -> "a transparency mask";
            case 8, 9, 10 -> "CIE L*a*b* colours";
            case 32803, 34892 -> "a camera's raw samples";
            case 32844, 32845 -> "logarithmic light";
            default -> "colours numbered " + number;
        };
    }

    boolean isGrey() {
        return this == WHITE_IS_ZERO || this == BLACK_IS_ZERO;
    }

    /** Of a pixel, without any alpha. */
    int samples() {
        return samples;
    }

    @Override
    public String toString() {
        return title;
    }
}
