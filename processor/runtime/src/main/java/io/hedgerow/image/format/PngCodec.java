package io.hedgerow.image.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.ImageCodec;
import io.hedgerow.image.pixels.ImageIoReader;
import io.hedgerow.image.pixels.Orientation;
import io.hedgerow.image.pixels.RasterColours;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** PNG. The chunks are walked first: the header's size, checksums that the JDK's reader ignores, and the end. */
public final class PngCodec implements ImageCodec {
    private static final int SIGNATURE = 8;
    private static final int HEADER_DATA = 13;
    /** Of a chunk: length, type, checksum. */
    private static final int FRAME = 12;

    @Override
    public DecodedImage decode(byte[] bytes, SizeCheck size) throws BadImageException, IOException {
        Orientation orientation = walk(bytes, size);
        try (ImageIoReader io = new ImageIoReader("png", bytes, warning -> {})) {
            var picture = io.reader().read(0);
            return new DecodedImage(
                    RasterColours.toRgb(picture),
                    picture.getWidth(),
                    picture.getHeight(),
                    orientation,
                    RasterColours.deepGrey(picture));
        }
    }

    private static Orientation walk(byte[] bytes, SizeCheck size) throws BadImageException {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        Orientation orientation = Orientation.UPRIGHT;
        String type = "";
        for (int position = SIGNATURE; !type.equals("IEND"); ) {
            int length = bytes.length - position < FRAME ? -1 : file.getInt(position);
            if (length < 0 || length > bytes.length - position - FRAME) {
                throw new BadImageException(
                        "the PNG is cut short: its %d bytes end without an end chunk".formatted(bytes.length));
            }
            type = new String(bytes, position + 4, 4, ISO_8859_1);
            if (position == SIGNATURE) {
                header(file, position, length, type, size);
            }
            boolean critical = Character.isUpperCase(type.charAt(0));
            if (critical && checksum(bytes, position + 4, length + 4) != file.getInt(position + 8 + length)) {
                throw new BadImageException(
                        "the PNG is damaged: its %s chunk at byte %d has a wrong checksum".formatted(type, position));
            }
            if (type.equals("eXIf")) {
                orientation = Orientation.ofExif(bytes, position + 8, position + 8 + length);
            }
            position += length + FRAME;
        }
        return orientation;
    }

    private static void header(ByteBuffer file, int position, int length, String type, SizeCheck size)
            throws BadImageException {
        if (!type.equals("IHDR") || length != HEADER_DATA) {
            throw new BadImageException("the PNG is damaged: it does not begin with a header chunk");
        }
        size.check(
                Integer.toUnsignedLong(file.getInt(position + 8)), Integer.toUnsignedLong(file.getInt(position + 12)));
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
