package io.hedgerow.demo.surface;

/** One or two thin curved strokes across the grain: a bright or dark core with a burr of the opposite sign beside it. */
final class Scratch implements Layer {
    private static final int SEGMENTS = 20;

    private final double[] xs = new double[SEGMENTS + 1];
    private final double[] ys = new double[SEGMENTS + 1];
    private final double centreX;
    private final double centreY;
    private final double reach;
    private final double width;
    private final double contrast;
    private final double burr;
    private final double twinOffset;

    /**
     * Draws a scratch's shape.
     *
     * @param brush direction of the grain, which a scratch crosses
     */
    Scratch(double centreX, double centreY, double[] brush, Dice dice) {
        this.centreX = centreX;
        this.centreY = centreY;
        double length = dice.uniform(26, 78);
        double turn = dice.uniform(0.35, Math.PI - 0.35);
        double cos = StrictMath.cos(turn);
        double sin = StrictMath.sin(turn);
        double dx = brush[0] * cos - brush[1] * sin;
        double dy = brush[0] * sin + brush[1] * cos;
        double bend = dice.uniform(-0.16, 0.16) * length;
        for (int i = 0; i <= SEGMENTS; i++) {
            double t = 2.0 * i / SEGMENTS - 1;
            double sag = bend * (1 - t * t);
            xs[i] = centreX + t * length / 2 * dx - sag * dy;
            ys[i] = centreY + t * length / 2 * dy + sag * dx;
        }
        reach = length / 2 + 12;
        width = dice.uniform(0.55, 1.25);
        double strength = dice.uniform(18, 68);
        contrast = dice.chance(0.65) ? strength : -strength;
        burr = dice.uniform(0.2, 0.55);
        twinOffset = dice.chance(0.3) ? dice.uniform(4, 7) : 0;
    }

    @Override
    public boolean paint(int x, int y, double[] rgb) {
        if (Math.abs(x - centreX) > reach || Math.abs(y - centreY) > reach) {
            return false;
        }
        double light = stroke(x, y);
        if (twinOffset > 0 && light == 0) {
            light = 0.7 * stroke(x - twinOffset, y - twinOffset / 2);
        }
        for (int c = 0; c < 3; c++) {
            rgb[c] += light;
        }
        return light != 0;
    }

    private double stroke(double x, double y) {
        double nearest = Double.MAX_VALUE;
        double side = 0;
        double at = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            double dx = xs[i + 1] - xs[i];
            double dy = ys[i + 1] - ys[i];
            double square = dx * dx + dy * dy;
            double t = ((x - xs[i]) * dx + (y - ys[i]) * dy) / square;
            t = Math.max(0, Math.min(1, t));
            double ox = x - xs[i] - t * dx;
            double oy = y - ys[i] - t * dy;
            double distance = ox * ox + oy * oy;
            if (distance < nearest) {
                nearest = distance;
                side = dx * oy - dy * ox;
                at = (i + t) / SEGMENTS;
            }
        }
        return profile(Math.sqrt(nearest), side, at);
    }

    private double profile(double distance, double side, double at) {
        double taper = Math.min(1, 5 * Math.min(at, 1 - at) + 0.25);
        double core = Math.max(0, Math.min(1, width * taper + 0.5 - distance));
        if (core > 0) {
            return contrast * taper * core;
        }
        boolean onBurr = side > 0 && distance < width * taper + 1.5;
        return onBurr ? -burr * contrast * taper * (width * taper + 1.5 - distance) : 0;
    }
}
