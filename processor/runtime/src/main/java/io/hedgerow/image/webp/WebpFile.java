package io.hedgerow.image.webp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.ImageCodec;
import io.hedgerow.image.pixels.Orientation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The chunks of a WebP file (RFC 9649, section 2), walked once to the first picture and to the EXIF block. */
final class WebpFile {
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int EXTENDED_HEADER = 10;
    private static final int FRAME_HEADER = 16;
    private static final int ANIMATED = 0x02;
    private static final int WITH_EXIF = 0x08;
    private static final int START_CODE = 0x2a019d;
    private static final int LOSSLESS = 0x2f;

    private final byte[] bytes;
    private final ByteBuffer file;
    private final ImageCodec.SizeCheck size;
    private int flags;
    private int canvasWidth;
    private int canvasHeight;
    private int left;
    private int top;
    private int width;
    private int height;
    private boolean lossless;
    private int from;
    private int to;
    private Orientation orientation = Orientation.UPRIGHT;

    WebpFile(byte[] bytes, ImageCodec.SizeCheck size) throws BadImageException {
        this.bytes = bytes;
        this.size = size;
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long end = bytes.length < FIRST_CHUNK ? Long.MAX_VALUE : 8 + Integer.toUnsignedLong(file.getInt(4));
        if (end > bytes.length) {
            throw cutShort();
        }
        walk(FIRST_CHUNK, (int) end, false);
        if (to == 0) {
            throw new BadImageException("the WebP holds no picture");
        }
        boolean within = left + width <= canvasWidth && top + height <= canvasHeight;
        boolean same = width == canvasWidth && height == canvasHeight;
        if (!((flags & ANIMATED) != 0 ? within : same)) {
            throw new BadImageException("the WebP is damaged: its picture of %d x %d pixels doesn't fit its %d x %d"
                    .formatted(width, height, canvasWidth, canvasHeight));
        }
    }

    private void walk(int start, int end, boolean inFrame) throws BadImageException {
        for (int position = start; position < end; ) {
            if (end - position < CHUNK_HEADER) {
                throw cutShort();
            }
            String type = new String(bytes, position, 4, ISO_8859_1);
            int data = position + CHUNK_HEADER;
            long length = Integer.toUnsignedLong(file.getInt(position + 4));
            if (length > end - data) {
                throw cutShort();
            }
            chunk(type, data, (int) length, inFrame);
            // padded to an even length, but at the end not by every encoder
            position = (int) Math.min(end, data + length + (length & 1));
        }
    }

    private void chunk(String type, int data, int length, boolean inFrame) throws BadImageException {
        boolean animated = (flags & ANIMATED) != 0;
        switch (type) {
            case "VP8X" -> {
                if (data == FIRST_CHUNK + CHUNK_HEADER && length >= EXTENDED_HEADER) {
                    flags = bytes[data];
                    canvas(1 + Vp8Decoder.threeBytes(bytes, data + 4), 1 + Vp8Decoder.threeBytes(bytes, data + 7));
                }
            }
            case "ANMF" -> {
                if (animated && to == 0 && length >= FRAME_HEADER) {
                    left = 2 * Vp8Decoder.threeBytes(bytes, data);
                    top = 2 * Vp8Decoder.threeBytes(bytes, data + 3);
                    walk(data + FRAME_HEADER, data + length, true);
                }
            }
            case "VP8 ", "VP8L" -> {
                if (to == 0 && animated == inFrame) {
                    lossless = type.equals("VP8L");
                    picture(data, length);
                }
            }
            case "EXIF" -> {
                if ((flags & WITH_EXIF) != 0) {
                    boolean named = length >= 6 && new String(bytes, data, 6, ISO_8859_1).equals("Exif\0\0");
                    orientation = Orientation.ofExif(bytes, data + (named ? 6 : 0), data + length);
                }
            }
            default -> {}
        }
    }

    private void picture(int data, int length) throws BadImageException {
        if (length < (lossless ? Vp8lDecoder.HEADER : Vp8Decoder.HEADER)) {
            throw cutShort();
        }
        if (lossless) {
            int header = file.getInt(data + 1);
            if (bytes[data] != LOSSLESS || header >>> 29 != 0) {
                throw new BadImageException("the WebP is damaged: its lossless picture is of an unknown version");
            }
            width = 1 + (header & 0x3fff);
            height = 1 + (header >> 14 & 0x3fff);
        } else {
            if (Vp8Decoder.threeBytes(bytes, data + 3) != START_CODE) {
                throw new BadImageException("the WebP is damaged: its frame has no start code");
            }
            width = file.getShort(data + 6) & 0x3fff;
            height = file.getShort(data + 8) & 0x3fff;
        }
        if (canvasWidth == 0) {
            canvas(width, height);
        }
        size.check(width, height);
        from = lossless ? data + Vp8lDecoder.HEADER : data;
        to = data + length;
    }

    private void canvas(int columns, int rows) throws BadImageException {
        size.check(columns, rows);
        canvasWidth = columns;
        canvasHeight = rows;
    }

    private BadImageException cutShort() {
        return new BadImageException(
                "the WebP is cut short: its %d bytes end before its chunks do".formatted(bytes.length));
    }

    /** RGB of the first picture alone, which may be smaller than the canvas. */
    byte[] decode() throws BadImageException {
        return lossless
                ? new Vp8lDecoder(bytes, from, to, width, height).toRgb()
                : new Vp8Decoder(bytes, from, to, width, height).toRgb();
    }

    int canvasWidth() {
        return canvasWidth;
    }

    int canvasHeight() {
        return canvasHeight;
    }

    int left() {
        return left;
    }

    int top() {
        return top;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    Orientation orientation() {
        return orientation;
    }
}
