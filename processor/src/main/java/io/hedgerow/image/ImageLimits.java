package io.hedgerow.image;

/**
 * What a decoder accepts. Decoding takes up to 6 bytes of heap a pixel, and for a progressive JPEG as much again of
 * native memory.
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
