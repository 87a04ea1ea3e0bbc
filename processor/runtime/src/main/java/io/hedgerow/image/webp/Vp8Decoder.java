package io.hedgerow.image.webp;

import io.hedgerow.image.pixels.BadImageException;

/**
 * A VP8 key frame, which is what a lossy WebP holds (RFC 6386). The integers are those of libwebp, and so Pillow's to
 * the last bit. A pixel takes 1.5 bytes beside its 3 of RGB.
 */
final class Vp8Decoder {
    static final int HEADER = 10;

    private final byte[] bytes;
    private final int end;
    private final int width;
    private final int height;
    private final int columns;
    private final int rows;
    private final Vp8Header header;
    private final Vp8Modes modes;
    private final Vp8Residuals residuals;
    private final Vp8Bits[] partitions;
    private final Vp8Prediction prediction = new Vp8Prediction();
    private final Vp8Plane luma;
    private final Vp8Plane[] colours;
    private final byte[] levels;
    private final boolean[] inner;

    /**
     * Reads the headers.
     *
     * @param from first byte of the frame
     * @param to after its last byte
     */
    Vp8Decoder(byte[] bytes, int from, int to, int width, int height) throws BadImageException {
        this.bytes = bytes;
        end = to;
        this.width = width;
        this.height = height;
        columns = (width + 15) / 16;
        rows = (height + 15) / 16;
        int tag = threeBytes(bytes, from);
        boolean isKeyFrame = (tag & 1) == 0;
        boolean isShown = (tag >> 4 & 1) == 1;
        int first = from + HEADER;
        int tokens = first + (tag >> 5);
        if (!isKeyFrame || !isShown || (tag >> 1 & 7) > 3 || tokens > to) {
            throw new BadImageException("the WebP is damaged: its frame begins with 0x%06x".formatted(tag));
        }
        Vp8Bits bits = new Vp8Bits(bytes, first, tokens);
        header = new Vp8Header(bits);
        modes = new Vp8Modes(bits, header, columns);
        residuals = new Vp8Residuals(header.probabilities(), columns);
        partitions = partitions(tokens);
        luma = new Vp8Plane(16 * columns, 16 * rows);
        colours = new Vp8Plane[] {new Vp8Plane(8 * columns, 8 * rows), new Vp8Plane(8 * columns, 8 * rows)};
        levels = new byte[columns * rows];
        inner = new boolean[columns * rows];
    }

    private Vp8Bits[] partitions(int sizes) throws BadImageException {
        Vp8Bits[] found = new Vp8Bits[header.partitions()];
        int start = sizes + 3 * (found.length - 1);
        if (start > end) {
            throw new BadImageException("the WebP is damaged: its frame ends within its header");
        }
        for (int i = 0; i < found.length; i++) {
            int stop = i == found.length - 1 ? end : start + threeBytes(bytes, sizes + 3 * i);
            found[i] = new Vp8Bits(bytes, start, Math.min(stop, end));
            start = Math.min(stop, end);
        }
        return found;
    }

    /** A number of three bytes, the lowest first. */
    static int threeBytes(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
    }

    byte[] toRgb() throws BadImageException {
        for (int row = 0; row < rows; row++) {
            modes.startRow();
            residuals.startRow();
            for (int column = 0; column < columns; column++) {
                macroblock(column, row);
            }
        }
        // predictions are made from what is not smoothed yet
        Vp8LoopFilter filter = new Vp8LoopFilter(header.simpleFilter(), header.sharpness());
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] > 0) {
                filter.macroblock(luma, colours, i % columns, i / columns, levels[i], inner[i]);
            }
        }
        return new Vp8Colours(luma, colours, width, height).toRgb();
    }

    private void macroblock(int column, int row) throws BadImageException {
        modes.read(column);
        boolean inBlocks = modes.inBlocks();
        boolean any = false;
        if (modes.skipped()) {
            residuals.skip(column, inBlocks);
        } else {
            Vp8Bits tokens = partitions[row % partitions.length];
            any = residuals.read(tokens, column, inBlocks, header.steps(modes.segment()));
        }
        levels[row * columns + column] = (byte) header.level(modes.segment(), inBlocks);
        inner[row * columns + column] = inBlocks || any;
        luma(column, row, any);
        for (int i = 0; i < colours.length; i++) {
            Vp8Plane colour = colours[i];
            int at = colour.at(8 * column, 8 * row);
            prediction.whole(colour, at, 8, modes.ofColour(), column > 0, row > 0);
            for (int block = 0; any && block < 4; block++) {
                int to = at + 4 * (block % 2) + 4 * (block / 2) * colour.stride;
                Vp8Transform.add(residuals.coefficients(), 16 * (16 + 4 * i + block), colour, to);
            }
        }
    }

    private void luma(int column, int row, boolean any) {
        int at = luma.at(16 * column, 16 * row);
        boolean inBlocks = modes.inBlocks();
        if (!inBlocks) {
            prediction.whole(luma, at, 16, modes.luma(), column > 0, row > 0);
        }
        // the last macroblock of a row has no neighbour above and to the right
        boolean isLast = column == columns - 1 && row > 0;
        int beyond = at - luma.stride + (isLast ? 15 : 16);
        for (int block = 0; block < 16; block++) {
            int x = 4 * (block % 4);
            int to = at + x + 4 * (block / 4) * luma.stride;
            if (inBlocks) {
                boolean atEdge = x == 12;
                prediction.block(
                        luma, to, modes.block(block), atEdge ? beyond : to - luma.stride + 4, atEdge && isLast ? 0 : 1);
            }
            if (any) {
                Vp8Transform.add(residuals.coefficients(), 16 * block, luma, to);
            }
        }
    }
}
