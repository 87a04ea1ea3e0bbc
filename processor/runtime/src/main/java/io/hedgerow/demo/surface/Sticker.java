package io.hedgerow.demo.surface;

/** A printed label stuck on a corner of the part, a little askew, with a thin shadow under its edge. */
final class Sticker implements Layer {
    private static final int SUBSAMPLES = 4;
    private static final double SHADOW = 0.72;
    /** No sticker that is a little askew, nor its shadow, reaches further from its middle, in sticker sizes. */
    private static final double REACH = 0.75;

    private static final double[] OUTSIDE = new double[3];

    private final int width;
    private final int height;
    private final double centreX;
    private final double centreY;
    private final double cos;
    private final double sin;
    private final double brightness;
    private final Label label;

    Sticker(int size, Dice dice) {
        width = dice.between(33, 43);
        height = dice.between(23, 28);
        double insetX = width / 2.0 + dice.uniform(3, 8);
        double insetY = height / 2.0 + dice.uniform(4, 8);
        centreX = dice.chance(0.5) ? insetX : size - insetX;
        centreY = dice.chance(0.5) ? insetY : size - insetY;
        double angle = dice.uniform(-0.1, 0.1);
        cos = StrictMath.cos(angle);
        sin = StrictMath.sin(angle);
        brightness = dice.uniform(0.86, 1);
        label = new Label(width, height, dice);
    }

    /** Distance of a point from the sticker's middle along the axis on which it is further away, in sticker sizes. */
    double distance(double x, double y) {
        return Math.max(Math.abs(x - centreX) / width, Math.abs(y - centreY) / height);
    }

    @Override
    public boolean paint(int x, int y, double[] rgb) {
        if (distance(x, y) > REACH) {
            return false;
        }
        double[] sum = new double[3];
        int covered = 0;
        int shaded = 0;
        for (int i = 0; i < SUBSAMPLES; i++) {
            double sy = y + (i + 0.5) / SUBSAMPLES - 0.5;
            for (int j = 0; j < SUBSAMPLES; j++) {
                double sx = x + (j + 0.5) / SUBSAMPLES - 0.5;
                double[] colour = face(sx, sy);
                covered += colour == OUTSIDE ? 0 : 1;
                shaded += colour == OUTSIDE && face(sx - 1, sy - 1) != OUTSIDE ? 1 : 0;
                for (int c = 0; c < 3; c++) {
                    sum[c] += colour[c] * brightness;
                }
            }
        }
        double samples = SUBSAMPLES * SUBSAMPLES;
        double metal = (samples - covered - shaded * (1 - SHADOW)) / samples;
        for (int c = 0; c < 3; c++) {
            rgb[c] = rgb[c] * metal + sum[c] / samples;
        }
        return covered + shaded > 0;
    }

    private double[] face(double x, double y) {
        double dx = x - centreX;
        double dy = y - centreY;
        int column = (int) Math.floor(dx * cos + dy * sin + width / 2.0);
        int row = (int) Math.floor(dy * cos - dx * sin + height / 2.0);
        boolean inside = column >= 0 && column < width && row >= 0 && row < height;
        return inside ? label.at(column, row) : OUTSIDE;
    }
}
