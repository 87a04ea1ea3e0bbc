package io.hedgerow.image.pixels;

/**
 * Limits of what a decoder accepts. A pixel takes 3 bytes of heap while a JPEG is decoded (6 if it is to be turned, and of native
 * memory 6 more if it is progressive) and up to 11 for the deepest PNG, WebP or TIFF; 3 remain. A TIFF's largest strip is
 * there once more as it is packed.
 *
 * @param bytes largest encoded size
 * @param pixels largest width × height, as the file's header states it
 */
public record ImageLimits(long bytes, long pixels) {
    /** 32 MiB and 50 megapixels. */
    public static final ImageLimits DEFAULT = new ImageLimits(32L << 20, 50_000_000);

    /** The pixels, at 3 bytes each, must fit a Java array. */
    private static final long MAX_PIXELS = (Integer.MAX_VALUE - 8) / 3;

    public ImageLimits {
        if (bytes < 1 || pixels < 1 || pixels > MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "an image limit of %d bytes and %d pixels; bytes begin at 1, pixels are 1 to %d"
                            .formatted(bytes, pixels, MAX_PIXELS));
        }
    }
}
