package io.hedgerow.monitor.virelay;

import io.hedgerow.AttributionMap;
import io.hedgerow.MapTransform;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.monitor.profile.Grid;

/**
 * A picture and the map of the class that was decided, both of 64 × 64 pixels.
 *
 * @param name of the file
 * @param classIndex the class
 * @param pixels 3 channels of 64 × 64 levels, 0 to 255
 * @param relevance 64 × 64 signed relevances, where the map reaches
 * @param grid the map in 16 × 16 cells
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProjectSample(String name, int classIndex, float[][][] pixels, float[][] relevance, Grid grid) {
    static final int SIDE = 64;

    private static final int CHANNELS = 3;
    private static final int LEVELS = 0xff;

    /** Draws a picture, upright, and its map small. */
    public static ProjectSample of(String name, int classIndex, DecodedImage image, AttributionMap map, Grid grid) {
        float[][][] pixels = new float[CHANNELS][SIDE][SIDE];
        float[][] relevance = new float[SIDE][SIDE];
        MapTransform transform = map.getTransform();
        for (int row = 0; row < SIDE; row++) {
            double y = (row + 0.5) * image.height() / SIDE;
            for (int column = 0; column < SIDE; column++) {
                double x = (column + 0.5) * image.width() / SIDE;
                int rgb = image.rgb((int) x, (int) y);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    pixels[channel][row][column] = (rgb >> (Byte.SIZE * (CHANNELS - 1 - channel))) & LEVELS;
                }
                relevance[row][column] =
                        relevance(map, (int) Math.floor((y - transform.getOffsetY()) / transform.getScaleY()), (int)
                                Math.floor((x - transform.getOffsetX()) / transform.getScaleX()));
            }
        }
        return new ProjectSample(name, classIndex, pixels, relevance, grid);
    }

    private static float relevance(AttributionMap map, int row, int column) {
        boolean inside = row >= 0 && row < map.getHeight() && column >= 0 && column < map.getWidth();
        int at = map.getValues().position() + row * map.getWidth() + column;
        return inside ? map.getValues().get(at) * map.getScale() : 0;
    }
}
