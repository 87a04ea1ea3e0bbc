package io.hedgerow.image.format;

import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.ImageCodec;
import io.hedgerow.image.pixels.ImageIoReader;
import io.hedgerow.image.pixels.RasterColours;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** BMP of 1 to 32 bits, plain, run-length coded or with bit fields. */
public final class BmpCodec implements ImageCodec {
    private static final int CORE_HEADER = 12;
    private static final int CORE_END = 26;
    private static final int INFO_END = 54;
    private static final int EMBEDDED_JPEG = 4;
    private static final int EMBEDDED_PNG = 5;

    @Override
    public DecodedImage decode(byte[] bytes, SizeCheck size) throws BadImageException, IOException {
        check(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), size);
        try (ImageIoReader io = new ImageIoReader("bmp", bytes, warning -> {})) {
            var picture = io.reader().read(0);
            return new DecodedImage(RasterColours.toRgb(picture), picture.getWidth(), picture.getHeight());
        }
    }

    private static void check(ByteBuffer file, SizeCheck size) throws BadImageException {
        boolean core = file.limit() >= CORE_END && file.getInt(14) == CORE_HEADER;
        if (file.limit() < (core ? CORE_END : INFO_END)) {
            throw new BadImageException("the BMP is cut short after %d bytes".formatted(file.limit()));
        }
        long width = core ? Short.toUnsignedLong(file.getShort(18)) : file.getInt(18);
        // a negative height says that rows run downwards
        long height = core ? Short.toUnsignedLong(file.getShort(20)) : Math.abs((long) file.getInt(22));
        size.check(width, height);
        int compression = core ? 0 : file.getInt(30);
        if (compression == EMBEDDED_JPEG || compression == EMBEDDED_PNG) {
            throw new BadImageException("the BMP holds a JPEG or PNG; those are decoded by themselves only");
        }
    }
}
