package io.hedgerow.image.tiff;

import io.hedgerow.image.pixels.BadImageException;
import org.jspecify.annotations.Nullable;

/** RGB of a TIFF's samples as Pillow makes it: the upper byte of 16 bits, alpha dropped, profiles not applied. */
final class TiffColours {
    private final TiffFields fields;
    private final TiffLayout layout;
    private final byte[] rgb;
    private final char @Nullable [] deepGrey;
    private final byte[] palette;

    TiffColours(TiffLayout layout, TiffFields fields) throws BadImageException {
        this.fields = fields;
        this.layout = layout;
        int pixels = layout.width() * layout.height();
        rgb = new byte[pixels * 3];
        deepGrey = layout.colours().isGrey() && layout.bits() == 16 ? new char[pixels] : null;
        boolean indexed = layout.colours() == TiffColourSpace.PALETTE;
        palette = new byte[indexed ? 3 << layout.bits() : 0];
        for (int i = 0; i < palette.length; i++) {
            // all reds, all greens, all blues
            int entry = (i % 3 << layout.bits()) + i / 3;
            palette[i] = (byte) (fields.get(TiffLayout.COLOUR_MAP, 0, entry) >> 8);
        }
    }

    /**
     * Puts a strip or tile where it belongs.
     *
     * @param planes its samples together, or an array for each
     * @param rowBytes bytes of one of its rows
     */
    void put(byte[][] planes, int rowBytes, int left, int top, int columns, int rows) throws BadImageException {
        boolean associated = layout.isAssociated();
        int[] pixel = new int[layout.samples()];
        for (int y = 0; y < rows; y++) {
            int to = (top + y) * layout.width() + left;
            for (int x = 0; x < columns; x++, to++) {
                for (int s = 0; s < pixel.length; s++) {
                    pixel[s] = planes.length > 1
                            ? sample(planes[s], y * rowBytes, x)
                            : sample(planes[0], y * rowBytes, x * pixel.length + s);
                }
                if (deepGrey != null) {
                    deepGrey[to] = (char) (layout.colours() == TiffColourSpace.WHITE_IS_ZERO ? ~pixel[0] : pixel[0]);
                }
                put(pixel, 3 * to, associated);
            }
        }
    }

    private int sample(byte[] samples, int row, int index) {
        int bits = layout.bits();
        if (bits == 8) {
            return samples[row + index] & 0xff;
        }
        if (bits == 16) {
            return fields.twoBytes(samples, row + 2 * index);
        }
        int bit = index * bits;
        return samples[row + bit / 8] >> (8 - bits - bit % 8) & ((1 << bits) - 1);
    }

    private void put(int[] pixel, int to, boolean associated) {
        switch (layout.colours()) {
            case PALETTE -> System.arraycopy(palette, 3 * pixel[0], rgb, to, 3);
            case CMYK -> {
                int light = 255 - level(pixel[3]);
                for (int c = 0; c < 3; c++) {
                    int product = level(pixel[c]) * light + 128;
                    rgb[to + c] = (byte) Math.max(0, light - (((product >> 8) + product) >> 8));
                }
            }
            case RGB -> {
                int alpha = associated ? level(pixel[3]) : 255;
                for (int c = 0; c < 3; c++) {
                    rgb[to + c] = (byte) (alpha == 0 ? 0 : Math.min(255, 255 * level(pixel[c]) / alpha));
                }
            }
            default -> {
                int grey = level(pixel[0]);
                byte value = (byte) (layout.colours() == TiffColourSpace.WHITE_IS_ZERO ? ~grey : grey);
                rgb[to] = value;
                rgb[to + 1] = value;
                rgb[to + 2] = value;
            }
        }
    }

    private int level(int sample) {
        int bits = layout.bits();
        return bits >= 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
    }

    /** Puts a strip or tile that is RGB already. */
    void putRgb(byte[] piece, int pieceWidth, int left, int top, int columns, int rows) {
        for (int y = 0; y < rows; y++) {
            int to = 3 * ((top + y) * layout.width() + left);
            System.arraycopy(piece, 3 * y * pieceWidth, rgb, to, 3 * columns);
        }
    }

    byte[] rgb() {
        return rgb;
    }

    char @Nullable [] deepGrey() {
        return deepGrey;
    }
}
