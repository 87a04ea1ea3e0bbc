package io.hedgerow.evaluate.perturbation;

import io.hedgerow.evaluate.metrics.Cells;
import io.hedgerow.evaluate.metrics.Curve;
import io.hedgerow.evaluate.metrics.Order;
import java.util.ArrayList;
import java.util.List;

/** Scores as single pixels are shown or covered, the most relevant first. */
public final class PixelCurve {
    private static final double[] AE = {0, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5};
    private static final int RISE_POINTS = 20;
    private static final double[] ROAD = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

    private final double[] shares;
    private final List<Ticket> tickets = new ArrayList<>();

    /** What happens to the pixels that come first. */
    private enum Way {
        /** They are shown, all others covered. */
        SHOWN,
        COVERED,
        /** As many of the last are covered instead. */
        LAST_COVERED
    }

    private PixelCurve(
            Forwards forwards, Subject subject, Covered.Sequence sequence, Cover cover, double[] shares, Way way) {
        this.shares = shares;
        int pixels = sequence.order().size();
        for (double share : shares) {
            int count = (int) Math.round(share * pixels);
            tickets.add(forwards.ask(
                    subject,
                    switch (way) {
                        case SHOWN -> Covered.of(cover, sequence, count, pixels);
                        case COVERED -> Covered.of(cover, sequence, 0, count);
                        case LAST_COVERED -> Covered.of(cover, sequence, pixels - count, pixels);
                    }));
        }
    }

    /** Pixels in the order of their relevance. */
    public static Covered.Sequence sequence(Order order, int height, int width) {
        return new Covered.Sequence(Cells.pixels(height, width), order);
    }

    /** 0 to 50 % of the pixels shown on a bright spot, as the hedging paper's authors left pictures of it. */
    public static PixelCurve insertionAe(Forwards forwards, Subject subject, Covered.Sequence sequence) {
        return new PixelCurve(forwards, subject, sequence, Cover.SPOT, AE, Way.SHOWN);
    }

    /** All pixels shown in 20 steps on the blurred picture (Petsiuk et al., RISE, 2018). */
    public static PixelCurve riseInsertion(Forwards forwards, Subject subject, Covered.Sequence sequence) {
        return new PixelCurve(forwards, subject, sequence, Cover.SOFT_BLUR, riseShares(), Way.SHOWN);
    }

    /** All pixels blackened in 20 steps. */
    public static PixelCurve riseDeletion(Forwards forwards, Subject subject, Covered.Sequence sequence) {
        return new PixelCurve(forwards, subject, sequence, Cover.BLACK, riseShares(), Way.COVERED);
    }

    /** 10 to 90 % of the pixels, the most relevant first, filled in from their neighbours (Rong et al., ROAD, 2022). */
    public static PixelCurve roadMorf(Forwards forwards, Subject subject, Covered.Sequence sequence) {
        return new PixelCurve(forwards, subject, sequence, Cover.NEIGHBOURS, ROAD, Way.COVERED);
    }

    /** The same with the least relevant first. */
    public static PixelCurve roadLerf(Forwards forwards, Subject subject, Covered.Sequence sequence) {
        return new PixelCurve(forwards, subject, sequence, Cover.NEIGHBOURS, ROAD, Way.LAST_COVERED);
    }

    /** The shares filled in by ROAD's curves. */
    public static double[] roadShares() {
        return ROAD.clone();
    }

    /** The shares shown by {@link #insertionAe}. */
    public static double[] insertionAeShares() {
        return AE.clone();
    }

    /** The shares shown or covered by RISE's curves. */
    public static double[] riseShares() {
        double[] shares = new double[RISE_POINTS + 1];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = i / (double) RISE_POINTS;
        }
        return shares;
    }

    /** The model's own output of the k-th class. */
    public Curve scores(int k) {
        return new Curve(
                shares, tickets.stream().mapToDouble(t -> t.prediction(k)).toArray());
    }

    /** 1 where a class comes first, 0 where it does not. */
    public Curve first(int index) {
        return new Curve(
                shares,
                tickets.stream().mapToDouble(t -> t.top() == index ? 1 : 0).toArray());
    }

    /** Whether a class comes first at 15 %. */
    public double firstAt15(int index) {
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] == 0.15) {
                return tickets.get(i).top() == index ? 1 : 0;
            }
        }
        return Double.NaN;
    }
}
