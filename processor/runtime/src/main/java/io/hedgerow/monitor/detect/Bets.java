package io.hedgerow.monitor.detect;

import io.hedgerow.monitor.profile.FixedPoint;
import io.hedgerow.monitor.profile.Logarithm;
import io.hedgerow.monitor.reference.Limits;

/**
 * Bets against limits: for each feature, side and stake λ the logarithms of L⁺ = 1 + λ(x / high − 1) and
 * L⁻ = 1 + λ((1 − x) / (1 − low) − 1), whose means are at most 1 as long as the feature's mean keeps to the limits (Shin,
 * Ramdas and Rinaldo, E-detectors, 2023). Immutable.
 *
 * <p>A component is a feature, a side and a stake: component = (feature × 2 + side) × 6 + stake.
 */
public final class Bets {
    /** Stakes a side. */
    public static final int STAKES = 6;

    /** Sides of a feature: 0 for rising, 1 for falling. */
    public static final int SIDES = 2;

    private static final double[] STAKE = {0.02, 0.05, 0.1, 0.2, 0.4, 0.7};

    private final int features;
    private final double[] payout;

    /** Bets against these limits. */
    public Bets(Limits limits) {
        features = limits.count();
        payout = new double[features * SIDES];
        for (int feature = 0; feature < features; feature++) {
            payout[feature * SIDES] = 1 / limits.high()[feature];
            payout[feature * SIDES + 1] = 1 / (1 - limits.low()[feature]);
        }
    }

    /** How many components there are. */
    public int components() {
        return payout.length * STAKES;
    }

    /** How many features there are. */
    public int features() {
        return features;
    }

    /** Whether a side of a feature is watched; of others, components stay 0. Side = feature × 2 + 0 or 1. */
    public boolean watched(int side) {
        return !Double.isNaN(payout[side]);
    }

    static int side(int component) {
        return component / STAKES;
    }

    /**
     * Adds an event's logarithms. Nothing is allocated.
     *
     * @param x its features, 0 to 1
     * @param logs sums of components, in units of 2⁻⁴⁰
     */
    public void add(double[] x, long[] logs) {
        for (int side = 0; side < payout.length; side++) {
            if (watched(side)) {
                add(side, x[side / SIDES], payout[side], logs, side * STAKES);
            }
        }
    }

    /**
     * Adds many events in some of which a feature was 1 and in the others 0.
     *
     * @param logs sums of components, in units of 2⁻⁴⁰
     */
    public void add(int feature, long ones, long events, long[] logs) {
        for (int side = feature * SIDES; side < (feature + 1) * SIDES; side++) {
            if (watched(side)) {
                count(side % SIDES == 0 ? ones : events - ones, events, payout[side], logs, side * STAKES);
            }
        }
    }

    /**
     * Adds an event's logarithms of bets that a feature has come back within a limit.
     *
     * @param side which it had left
     * @param limit the limit
     * @param logs sums for the stakes, in units of 2⁻⁴⁰
     */
    static void addReturn(int side, double limit, double x, long[] logs) {
        boolean rose = side % SIDES == 0;
        add(rose ? 1 : 0, x, rose ? 1 / (1 - limit) : 1 / limit, logs, 0);
    }

    /** The same for many events in some of which the feature was 1 and in the others 0. */
    static void addReturn(int side, double limit, long ones, long events, long[] logs) {
        boolean rose = side % SIDES == 0;
        count(rose ? events - ones : ones, events, rose ? 1 / (1 - limit) : 1 / limit, logs, 0);
    }

    private static void add(int side, double x, double payout, long[] logs, int at) {
        double gain = (side % SIDES == 0 ? x : 1 - x) * payout;
        for (int stake = 0; stake < STAKES; stake++) {
            logs[at + stake] += FixedPoint.log(Logarithm.of(1 - STAKE[stake] + STAKE[stake] * gain));
        }
    }

    private static void count(long wins, long events, double payout, long[] logs, int at) {
        for (int stake = 0; stake < STAKES; stake++) {
            logs[at + stake] += wins * FixedPoint.log(Logarithm.of(1 - STAKE[stake] + STAKE[stake] * payout))
                    + (events - wins) * FixedPoint.log(Logarithm.of(1 - STAKE[stake]));
        }
    }
}
