package io.hedgerow.render;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** A map as a layer of colours over a picture. */
final class HeatLayer {
    private static final double PERCENTILE = 0.995;
    /** Standard deviation as a part of the map's longer side. */
    private static final double SMOOTHING = 0.01;
    /** Over what the model never saw. */
    private static final int VEIL = 0xb0101316;

    private final SignedMap map;
    private final DivergingPalette palette;
    private final double scale;

    /**
     * Smooths the map a little, for strided convolutions leave a grid in it that hides its shape, and scales it by the
     * 99.5th percentile, so that a few hot cells do not dim the rest.
     */
    HeatLayer(SignedMap map, DivergingPalette palette) {
        this.map = map.blurred(SMOOTHING * Math.max(map.height(), map.width()));
        this.palette = palette;
        this.scale = robustScale(this.map);
    }

    private static double robustScale(SignedMap map) {
        float[] sorted = new float[map.size()];
        for (int cell = 0; cell < sorted.length; cell++) {
            sorted[cell] = Math.abs(map.get(cell));
        }
        Arrays.sort(sorted);
        float percentile = sorted[(int) (PERCENTILE * (sorted.length - 1))];
        return percentile > 0 ? percentile : sorted[sorted.length - 1];
    }

    /**
     * Paints the layer.
     *
     * @param onto an ARGB picture of the same view
     * @param toView from pixels of the explained image to those of the view
     */
    void paint(BufferedImage onto, MapTransform toView) {
        MapTransform toCells = map.toImage().andThen(toView).inverse();
        int[] row = new int[onto.getWidth()];
        for (int y = 0; y < onto.getHeight(); y++) {
            double down = toCells.y(y + 0.5);
            for (int x = 0; x < row.length; x++) {
                double across = toCells.x(x + 0.5);
                boolean seen = down >= 0 && down < map.height() && across >= 0 && across < map.width();
                row[x] = seen ? palette.argb(scale > 0 ? between(across - 0.5, down - 0.5) / scale : 0) : VEIL;
            }
            onto.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
    }

    /** Bilinear between the centres of cells. */
    private double between(double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double across = x - left;
        double down = y - top;
        double above = cell(top, left) * (1 - across) + cell(top, left + 1) * across;
        double below = cell(top + 1, left) * (1 - across) + cell(top + 1, left + 1) * across;
        return above * (1 - down) + below * down;
    }

    private double cell(int row, int column) {
        return map.get(Math.max(0, Math.min(map.height() - 1, row)), Math.max(0, Math.min(map.width() - 1, column)));
    }
}
