package io.hedgerow.demo.surface;

/** Smooth random texture over the plane: value noise, from -1 to 1, with a feature size of 1. */
final class Noise {
    private final long seed;

    Noise(long seed) {
        this.seed = seed;
    }

    double at(double x, double y) {
        long column = (long) Math.floor(x);
        long row = (long) Math.floor(y);
        double right = smooth(x - column);
        double down = smooth(y - row);
        long upper = Dice.mix(row);
        long lower = Dice.mix(row + 1);
        double top = mix(value(column, upper), value(column + 1, upper), right);
        double bottom = mix(value(column, lower), value(column + 1, lower), right);
        return mix(top, bottom, down);
    }

    /** The noise's own value at a point of its grid: uncorrelated with its neighbours. */
    double lattice(long column, long row) {
        return value(column, Dice.mix(row));
    }

    private double value(long column, long row) {
        return 2 * Dice.unit(Dice.mix(seed ^ (row + column))) - 1;
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }

    private static double mix(double a, double b, double t) {
        return a + (b - a) * t;
    }
}
