package io.hedgerow.demo.surface;

/** Bare brushed metal under uneven light: grain along the brush, a sheen across it, a tint, the camera's noise. */
final class Metal implements Layer {
    private static final double DARKEST = 24;
    private static final double BRIGHTEST = 236;

    private final int size;
    private final double along;
    private final double across;
    private final double exposure;
    private final double slopeX;
    private final double slopeY;
    private final double sheen;
    private final double sheenCentre;
    private final double sheenWidth;
    private final double vignette;
    private final double[] tint;
    private final double coarse;
    private final double fine;
    private final double cameraNoise;
    private final Noise streaks;
    private final Noise brush;
    private final Noise mottle;
    private final Noise camera;

    Metal(int size, Dice dice) {
        this.size = size;
        double angle = dice.uniform(-0.22, 0.22);
        along = StrictMath.cos(angle);
        across = StrictMath.sin(angle);
        exposure = dice.uniform(112, 172);
        slopeX = dice.uniform(-30, 30);
        slopeY = dice.uniform(-30, 30);
        sheen = dice.uniform(4, 38);
        sheenCentre = dice.uniform(-0.6, 0.6);
        sheenWidth = dice.uniform(0.15, 0.5);
        vignette = dice.uniform(0, 18);
        double warmth = dice.uniform(-0.035, 0.045);
        tint = new double[] {1 + warmth, 1 + dice.uniform(-0.008, 0.008), 1 - warmth};
        coarse = dice.uniform(4, 11);
        fine = dice.uniform(5, 13);
        cameraNoise = dice.uniform(1, 3);
        streaks = new Noise(dice.bits());
        brush = new Noise(dice.bits());
        mottle = new Noise(dice.bits());
        camera = new Noise(dice.bits());
    }

    @Override
    public boolean paint(int x, int y, double[] rgb) {
        shade(x, y, 0, rgb);
        for (int c = 0; c < 3; c++) {
            rgb[c] += cameraNoise * camera.lattice(3L * x + c, y);
        }
        return true;
    }

    /** Angle of the brush strokes as a unit vector (x, y). */
    double[] brushDirection() {
        return new double[] {along, across};
    }

    /**
     * Colour of the metal, without the camera's noise, at a point that need not be a pixel's centre.
     *
     * @param extra light that falls on the point in addition, in levels
     */
    void shade(double x, double y, double extra, double[] rgb) {
        double level = Math.max(DARKEST, Math.min(BRIGHTEST, light(x, y) + grain(x, y) + extra));
        for (int c = 0; c < 3; c++) {
            rgb[c] = level * tint[c];
        }
    }

    private double light(double x, double y) {
        double dx = 2 * x / size - 1;
        double dy = 2 * y / size - 1;
        double offset = (dx * along + dy * across - sheenCentre) / sheenWidth;
        return exposure
                + slopeX * dx
                + slopeY * dy
                + sheen / (1 + offset * offset)
                - vignette * (dx * dx + dy * dy) / 2;
    }

    private double grain(double x, double y) {
        double u = x * along + y * across;
        double v = y * along - x * across;
        return coarse * streaks.at(u / 90, v / 2.6) + fine * brush.at(u / 26, v / 0.9) + 4 * mottle.at(u / 40, v / 22);
    }
}
