package io.hedgerow.evaluate.metrics;

import io.hedgerow.evaluate.data.Mask;

/** The pointing game as TorchRay plays it, on the picture at its own size. */
public final class Pointing {
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
        for (int i = 0; i < map.size(); i++) {
            largest = Math.max(largest, map.get(i));
        }
        int points = 0;
        int hits = 0;
        for (int i = 0; i < map.size(); i++) {
            if (map.get(i) == largest) {
                points++;
                hits += toPicture[i] >= 0
                                && mask.isNear(toPicture[i] % mask.width(), toPicture[i] / mask.width(), tolerance)
                        ? 1
                        : 0;
            }
        }
        return hits / (double) points;
    }
}
