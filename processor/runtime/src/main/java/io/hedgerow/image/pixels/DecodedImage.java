package io.hedgerow.image.pixels;

import io.hedgerow.attribution.Turn;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** Pixels as a classifier sees them: RGB, 8 bits a channel; of 16-bit greyscale also all of its bits. Immutable. */
public final class DecodedImage {
    private final byte[] rgb;
    private final int width;
    private final int height;
    private final Orientation orientation;
    private final char @Nullable [] deepGrey;

    /** Takes the array, without a copy; nobody may change it afterwards. */
    public DecodedImage(byte[] rgb, int width, int height) {
        this(rgb, width, height, Orientation.UPRIGHT);
    }

    /**
     * The same of pixels that are still to be turned.
     *
     * @param orientation how they are to be turned before they are looked at
     */
    public DecodedImage(byte[] rgb, int width, int height, Orientation orientation) {
        this(rgb, width, height, orientation, null);
    }

    /**
     * The same of greyscale that has more depth.
     *
     * @param deepGrey height × width levels of 16 bits; null if there is no more depth than in the RGB
     */
    public DecodedImage(byte[] rgb, int width, int height, Orientation orientation, char @Nullable [] deepGrey) {
        if (rgb.length != Math.multiplyFull(width, height) * 3) {
            throw new IllegalArgumentException("%d bytes for %d x %d RGB pixels".formatted(rgb.length, width, height));
        }
        this.rgb = rgb;
        this.width = width;
        this.height = height;
        this.orientation = orientation;
        this.deepGrey = deepGrey;
    }

    /** Copies a picture; its alpha channel, if any, is dropped. */
    public static DecodedImage of(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        byte[] rgb = new byte[width * height * 3];
        int[] row = new int[width];
        for (int y = 0, i = 0; y < height; y++) {
            picture.getRGB(0, y, width, 1, row, 0, width);
            for (int pixel : row) {
                rgb[i++] = (byte) (pixel >> 16);
                rgb[i++] = (byte) (pixel >> 8);
                rgb[i++] = (byte) pixel;
            }
        }
        return new DecodedImage(rgb, width, height);
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /** One pixel as 0xRRGGBB. */
    public int rgb(int x, int y) {
        int i = (y * width + x) * 3;
        return (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | (rgb[i + 2] & 0xff);
    }

    /** Copies the picture, to be drawn on. */
    public BufferedImage toBufferedImage() {
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                row[x] = rgb(x, y);
            }
            copy.setRGB(0, y, width, 1, row, 0, width);
        }
        return copy;
    }

    /** Turns the picture as it is to be looked at, as its EXIF orientation says. */
    public DecodedImage upright() {
        if (orientation == Orientation.UPRIGHT) {
            return this;
        }
        byte[] turned = new byte[rgb.length];
        char[] grey = deepGrey;
        char[] turnedGrey = grey == null ? null : new char[grey.length];
        turn().entries(width, height, (to, from) -> {
            turned[to * 3] = rgb[from * 3];
            turned[to * 3 + 1] = rgb[from * 3 + 1];
            turned[to * 3 + 2] = rgb[from * 3 + 2];
            if (grey != null && turnedGrey != null) {
                turnedGrey[to] = grey[from];
            }
        });
        return new DecodedImage(turned, uprightWidth(), uprightHeight(), Orientation.UPRIGHT, turnedGrey);
    }

    /** Tells how maps of it are to be turned with it. */
    public Turn turn() {
        return orientation == Orientation.UPRIGHT ? Turn.NONE : orientation.turn(width, height);
    }

    /** Width in pixels of the picture as it is to be looked at. */
    public int uprightWidth() {
        return orientation.swapped() ? height : width;
    }

    /** Height in pixels of the picture as it is to be looked at. */
    public int uprightHeight() {
        return orientation.swapped() ? width : height;
    }

    /** Height × width levels of 16-bit greyscale, not to be changed; null if there is no more depth than in the RGB. */
    public char @Nullable [] deepGrey() {
        return deepGrey;
    }

    /** Gives the picture without the depth that {@link #deepGrey} has beyond 8 bits. */
    public DecodedImage inEightBits() {
        return deepGrey == null ? this : new DecodedImage(rgb, width, height, orientation);
    }

    /** Height × width × 3 bytes; not to be changed. */
    public byte[] pixels() {
        return rgb;
    }
}
