package io.hedgerow.demo.surface;

import java.util.BitSet;

/**
 * Draws parts of brushed metal. A part is named by its index: the same seed and index give the same metal, the same
 * place for a sticker and, per class, the same defect, on every platform and in any order; so the same part can be
 * drawn with and without its defect or its sticker. Stateless and safe for use by several threads.
 */
public final class SurfaceGenerator {
    /** Width and height of a picture in pixels. */
    public static final int SIZE = SurfaceSample.SIZE;

    private static final int METAL = 0;
    private static final int STICKER = 1;
    private static final int DEFECT = 2;
    private static final int CHOICE = 3;

    private final long seed;

    public SurfaceGenerator(long seed) {
        this.seed = seed;
    }

    /** Draws part {@code index} of a line on which all classes are as frequent, its sticker left to the policy. */
    public SurfaceSample draw(long index, StickerPolicy policy) {
        Dice dice = new Dice(seed, index, CHOICE);
        SurfaceClass[] classes = SurfaceClass.values();
        SurfaceClass label = classes[dice.below(classes.length)];
        return draw(index, label, dice.chance(policy.probability(label)));
    }

    /** Draws part {@code index} as asked. */
    public SurfaceSample draw(long index, SurfaceClass label, boolean stickered) {
        Metal metal = new Metal(SIZE, new Dice(seed, index, METAL));
        Sticker sticker = new Sticker(SIZE, new Dice(seed, index, STICKER));
        Canvas sound = new Canvas(SIZE);
        sound.paint(metal);
        Canvas part = new Canvas(sound);
        part.paint(defect(label, metal, sticker, new Dice(seed, index, DEFECT)));
        Layer cover = stickered ? sticker : Layer.NONE;
        sound.paint(cover);
        BitSet stickerMask = part.paint(cover);
        return new SurfaceSample(label, part.pixels(), part.difference(sound), stickerMask);
    }

    private static Layer defect(SurfaceClass label, Metal metal, Sticker sticker, Dice dice) {
        double x;
        double y;
        do {
            x = dice.uniform(0.18, 0.82) * SIZE;
            y = dice.uniform(0.18, 0.82) * SIZE;
        } while (sticker.distance(x, y) < 0.9);
        return switch (label) {
            case OK -> Layer.NONE;
            case SCRATCH -> new Scratch(x, y, metal.brushDirection(), dice);
            case DENT -> new Dent(x, y, metal, dice);
            case STAIN -> new Stain(x, y, dice);
        };
    }
}
