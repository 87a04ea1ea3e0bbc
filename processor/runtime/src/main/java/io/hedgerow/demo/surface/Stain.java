package io.hedgerow.demo.surface;

/** A dried drop: a faint patch of colour with a ragged outline and a slightly darker rim. */
final class Stain implements Layer {
    private static final double[] OIL = {0.45, 0.7, 1.35};
    private static final double[] WATER = {1.2, 0.95, 0.45};
    private static final double[] GRIME = {0.8, 0.85, 1.05};

    private final double centreX;
    private final double centreY;
    private final double radiusX;
    private final double radiusY;
    private final double ragged;
    private final double strength;
    private final double rim;
    private final double[] hue;
    private final Noise outline;
    private final Noise body;

    Stain(double centreX, double centreY, Dice dice) {
        this.centreX = centreX;
        this.centreY = centreY;
        double radius = dice.uniform(11, 22);
        double stretch = dice.uniform(0.75, 1.35);
        radiusX = radius * stretch;
        radiusY = radius / stretch;
        ragged = dice.uniform(0.15, 0.4);
        strength = dice.uniform(0.045, 0.125);
        rim = dice.uniform(0.2, 0.9);
        int kind = dice.below(3);
        hue = kind == 0 ? OIL : kind == 1 ? WATER : GRIME;
        outline = new Noise(dice.bits());
        body = new Noise(dice.bits());
    }

    @Override
    public boolean paint(int x, int y, double[] rgb) {
        double dx = (x - centreX) / radiusX;
        double dy = (y - centreY) / radiusY;
        double distance = Math.sqrt(dx * dx + dy * dy) + ragged * outline.at(x / 9.0, y / 9.0);
        if (distance >= 1) {
            return false;
        }
        double edge = Math.min(1, (1 - distance) / 0.12);
        double ring = Math.max(0, 1 - Math.abs(distance - 0.88) / 0.14);
        double density = edge * (0.75 + 0.25 * body.at(x / 7.0, y / 7.0) + rim * ring);
        for (int c = 0; c < 3; c++) {
            rgb[c] *= 1 - strength * density * hue[c];
        }
        return true;
    }
}
