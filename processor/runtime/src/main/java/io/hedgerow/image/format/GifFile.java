package io.hedgerow.image.format;

import io.hedgerow.image.pixels.BadImageException;

/** The blocks of a GIF file (GIF89a, sections 17 to 27) up to the end of its first frame. */
final class GifFile {
    private static final int CANVAS = 6;
    private static final int HEADER = 13;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;
    private static final int FRAME_HEADER = 10;

    private final byte[] bytes;
    private final int left;
    private final int top;
    private final int width;
    private final int height;

    /** Finds the first frame and walks through its data. */
    GifFile(byte[] bytes) throws BadImageException {
        this.bytes = bytes;
        int position = HEADER + palette(at(CANVAS + 4));
        while (at(position) == EXTENSION) {
            position = afterBlocks(position + 2);
        }
        if (at(position) != FRAME) {
            throw new BadImageException("the GIF holds no picture");
        }
        left = number(position + 1);
        top = number(position + 3);
        // a frame may reach beyond the canvas
        width = Math.max(number(CANVAS), left + number(position + 5));
        height = Math.max(number(CANVAS + 2), top + number(position + 7));
        int data = position + FRAME_HEADER + palette(at(position + 9));
        afterBlocks(data + 1);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int left() {
        return left;
    }

    int top() {
        return top;
    }

    /** Bytes of the palette that a field of flags announces. */
    private static int palette(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private int afterBlocks(int position) throws BadImageException {
        int next = position;
        while (at(next) != 0) {
            next += at(next) + 1;
        }
        return next + 1;
    }

    private int number(int position) throws BadImageException {
        return at(position) | at(position + 1) << 8;
    }

    private int at(int position) throws BadImageException {
        if (position >= bytes.length) {
            throw new BadImageException(
                    "the GIF is cut short: its %d bytes end within the first picture".formatted(bytes.length));
        }
        return bytes[position] & 0xff;
    }
}
