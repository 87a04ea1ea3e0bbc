package io.hedgerow.demo.surface;

import java.awt.image.BufferedImage;
import java.util.BitSet;

/** A picture of one part, {@value #SIZE} pixels wide and high, and what is known of it. */
public final class SurfaceSample {
    /** Width and height of a picture in pixels. */
    static final int SIZE = 128;

    private final SurfaceClass label;
    private final byte[] pixels;
    private final BitSet defectMask;
    private final BitSet stickerMask;

    SurfaceSample(SurfaceClass label, byte[] pixels, BitSet defectMask, BitSet stickerMask) {
        this.label = label;
        this.pixels = pixels;
        this.defectMask = defectMask;
        this.stickerMask = stickerMask;
    }

    /** What the part shows. */
    public SurfaceClass label() {
        return label;
    }

    /** Whether a sticker is on the part. */
    public boolean stickered() {
        return !stickerMask.isEmpty();
    }

    /** The picture's levels: height × width × 3 (red, green, blue), row by row; a copy. */
    public byte[] pixels() {
        return pixels.clone();
    }

    /** The pixels that the defect changed, at y × width + x; what a sticker hides is not among them. A copy. */
    public BitSet defectMask() {
        return (BitSet) defectMask.clone();
    }

    /** The pixels that the sticker and its shadow changed, at y × width + x; a copy. */
    public BitSet stickerMask() {
        return (BitSet) stickerMask.clone();
    }

    /** The picture as AWT has it, of type {@link BufferedImage#TYPE_INT_RGB}. */
    public BufferedImage image() {
        int[] colours = new int[SIZE * SIZE];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = level(3 * i) << 16 | level(3 * i + 1) << 8 | level(3 * i + 2);
        }
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, SIZE, SIZE, colours, 0, SIZE);
        return image;
    }

    private int level(int at) {
        return pixels[at] & 0xFF;
    }
}
