package io.hedgerow.image;

import io.hedgerow.image.format.TensorFlowJpegCodec;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.Decoding;
import io.hedgerow.image.pixels.ImageCodec;
import io.hedgerow.image.pixels.ImageLimits;
import java.io.IOException;

/**
 * Decoder of JPEG (baseline, extended and progressive Huffman, 8 bits; grey, YCbCr, RGB, CMYK, YCCK), PNG (every colour type and
 * depth), BMP, GIF and WebP (first frame; lossy and lossless) and TIFF (first page; grey, palette, RGB, CMYK of 1 to 16 bits) to
 * RGB as Pillow and TensorFlow do: colour profiles are not applied, alpha is dropped, 16-bit channels keep their upper byte.
 * Colours equal Pillow's but for a rounding step in some JPEGs. 16-bit grey also keeps its depth, for models of one channel.
 *
 * <p>Limits are checked against the header before anything is allocated. Damage is an error, never a half-grey
 * picture. {@link Decoding} says what differs where a classifier's pictures are decoded by TensorFlow. Safe for use by several threads; nothing is written to disk.
 */
public final class ImageDecoder {
    private final ImageLimits limits;

    public ImageDecoder() {
        this(ImageLimits.DEFAULT);
    }

    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes one encoded image and turns it as its EXIF orientation says.
     *
     * @param bytes the whole file
     * @throws BadImageException if the bytes are empty, of an unknown format, damaged, cut short or beyond the limits
     */
    public DecodedImage decode(byte[] bytes) throws BadImageException {
        return decode(bytes, Decoding.ACCURATE, 3);
    }

    /**
     * Decodes one encoded image as a classifier's own decoder does.
     *
     * @param bytes the whole file
     * @param decoding whose decoder that is
     * @param channels of a pixel that the classifier takes, 1 or 3
     * @throws BadImageException if the bytes are empty, of an unknown format, damaged, cut short or beyond the limits
     */
    public DecodedImage decode(byte[] bytes, Decoding decoding, int channels) throws BadImageException {
        if (bytes.length == 0) {
            throw new BadImageException("the image is empty (0 bytes)");
        }
        if (bytes.length > limits.bytes()) {
            throw new BadImageException(
                    "the image has %d bytes; the limit is %d".formatted(bytes.length, limits.bytes()));
        }
        ImageFormat format = ImageFormat.of(bytes);
        try {
            boolean byTensorFlow = decoding == Decoding.TENSORFLOW;
            ImageCodec codec = byTensorFlow && format == ImageFormat.JPEG
                    ? new TensorFlowJpegCodec(channels == 1)
                    : format.codec();
            DecodedImage decoded = codec.decode(bytes, this::check);
            return byTensorFlow ? decoded.inEightBits() : decoded.upright();
        } catch (IOException | RuntimeException e) {
            // the JDK's readers meet damage with whatever exception comes first
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new BadImageException("the %s is damaged: %s".formatted(format, reason), e);
        }
    }

    /** Whether an image looks otherwise by another {@link Decoding}. */
    public static boolean isByDecoder(byte[] bytes) {
        try {
            return ImageFormat.of(bytes) == ImageFormat.JPEG;
        } catch (BadImageException e) {
            return false;
        }
    }

    private void check(long width, long height) throws BadImageException {
        if (width < 1 || height < 1) {
            throw new BadImageException("the image's header says %d x %d pixels".formatted(width, height));
        }
        if (width > limits.pixels() / height) {
            throw new BadImageException("the image's header says %d x %d pixels; the limit is %d pixels"
                    .formatted(width, height, limits.pixels()));
        }
    }
}
