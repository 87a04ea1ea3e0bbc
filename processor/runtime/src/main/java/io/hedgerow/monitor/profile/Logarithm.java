package io.hedgerow.monitor.profile;

/**
 * Natural logarithms that are the same to the bit on every machine, and cheap. {@code Math.log} may differ between
 * processors, which sums that are to be equal can't bear, and {@code StrictMath.log} takes several times as long.
 */
public final class Logarithm {
    private static final int STEPS = 7;
    private static final int CELLS = 1 << STEPS;
    private static final int FRACTION = 52;
    private static final long FRACTION_BITS = (1L << FRACTION) - 1;
    private static final int BIAS = 1023;
    private static final double LN2 = StrictMath.log(2);
    private static final double[] INVERSE = new double[CELLS];
    private static final double[] LOG = new double[CELLS];

    static {
        for (int cell = 0; cell < CELLS; cell++) {
            INVERSE[cell] = 1 / (1 + (cell + 0.5) / CELLS);
            LOG[cell] = -StrictMath.log(INVERSE[cell]);
        }
        // so that the logarithm of 1 is 0
        INVERSE[0] = 1;
        LOG[0] = 0;
    }

    private Logarithm() {}

    /**
     * The natural logarithm, within 1e-15 of its size or of 1.
     *
     * @param x positive, finite and not subnormal
     */
    public static double of(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> FRACTION) - BIAS;
        int cell = (int) (bits >>> (FRACTION - STEPS)) & (CELLS - 1);
        double mantissa = Double.longBitsToDouble((bits & FRACTION_BITS) | ((long) BIAS << FRACTION));
        double r = mantissa * INVERSE[cell] - 1;
        double series =
                r * (1 + r * (-1 / 2.0 + r * (1 / 3.0 + r * (-1 / 4.0 + r * (1 / 5.0 + r * (-1 / 6.0 + r / 7))))));
        return exponent * LN2 + LOG[cell] + series;
    }
}
