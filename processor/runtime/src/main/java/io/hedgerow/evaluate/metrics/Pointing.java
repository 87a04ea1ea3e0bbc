package io.hedgerow.evaluate.metrics;

import io.hedgerow.evaluate.data.Mask;

/** The pointing game as TorchRay plays it, on the picture at its own size. */
public final class Pointing {
    private static final int FEW = 100;

    private final Mask mask;
    private final int[] toPicture;

    /**
     * @param mask of the class, of the picture's own size
     * @param toPicture for each pixel of the model's input the picture's pixel, at y × width + x; −1 beside it
     */
    public Pointing(Mask mask, int[] toPicture) {
        this.mask = mask;
        this.toPicture = toPicture;
    }

    /**
     * Whether the map's largest value lies closer to the class than so many pixels of the picture: 1 or 0, or of equally large
     * values the share that does.
     */
    public double hit(Relevance map, double tolerance) {
        float largest = Float.NEGATIVE_INFINITY;
        int points = 0;
        int first = 0;
        for (int i = 0; i < map.size(); i++) {
            float value = map.get(i);
            if (value > largest) {
                largest = value;
                points = 1;
                first = i;
            } else if (value == largest) {
                points++;
            }
        }
        // asking around each point costs more than widening the mask once
        Mask wide = points > FEW ? mask.widened(tolerance) : null;
        int hits = 0;
        for (int i = first; i < map.size(); i++) {
            int pixel = toPicture[i];
            if (map.get(i) == largest && pixel >= 0) {
                hits += (wide == null
                                ? mask.isNear(pixel % mask.width(), pixel / mask.width(), tolerance)
                                : wide.get(pixel))
                        ? 1
                        : 0;
            }
        }
        return hits / (double) points;
    }
}
