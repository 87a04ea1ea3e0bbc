package io.hedgerow.demo.surface;

/** A round depression: one flank faces the light, the other lies in shadow, and the grain bends through it. */
final class Dent implements Layer {
    private final double centreX;
    private final double centreY;
    private final double radiusX;
    private final double radiusY;
    private final double lightX;
    private final double lightY;
    private final double depth;
    private final double pull;
    private final Metal metal;

    Dent(double centreX, double centreY, Metal metal, Dice dice) {
        this.centreX = centreX;
        this.centreY = centreY;
        this.metal = metal;
        double radius = dice.uniform(7, 16);
        double stretch = dice.uniform(0.8, 1.25);
        radiusX = radius * stretch;
        radiusY = radius / stretch;
        double angle = dice.uniform(0.5, Math.PI - 0.5);
        lightX = StrictMath.cos(angle);
        lightY = StrictMath.sin(angle);
        depth = dice.uniform(15, 54);
        pull = dice.uniform(0.15, 0.45);
    }

    @Override
    public boolean paint(int x, int y, double[] rgb) {
        double dx = (x - centreX) / radiusX;
        double dy = (y - centreY) / radiusY;
        double square = dx * dx + dy * dy;
        if (square >= 1) {
            return false;
        }
        double slope = 2.6 * (1 - square);
        double flank = slope * (dx * lightX + dy * lightY);
        double shadow = 0.25 * (1 - square) * (1 - square);
        double zoom = 1 - pull * (1 - square);
        double[] bent = new double[3];
        double[] flat = new double[3];
        metal.shade(x, y, 0, flat);
        metal.shade(centreX + (x - centreX) * zoom, centreY + (y - centreY) * zoom, depth * (flank - shadow), bent);
        for (int c = 0; c < 3; c++) {
            rgb[c] += bent[c] - flat[c];
        }
        return true;
    }
}
