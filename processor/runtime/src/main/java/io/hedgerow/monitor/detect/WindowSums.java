package io.hedgerow.monitor.detect;

import io.hedgerow.monitor.profile.FixedPoint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a detector takes of a window. Sums of parts, added in any order, are the sums of the whole to the bit. Not
 * thread-safe.
 */
public final class WindowSums {
    private final long[] logs;
    private final long[] features;
    private final long[] returns = new long[Bets.STAKES];
    private long events;
    private double sampled = 1;

    /** Of no event. */
    public WindowSums(Bets bets) {
        logs = new long[bets.components()];
        features = new long[bets.features()];
    }

    /**
     * Adds an event. Nothing is allocated.
     *
     * @param x its features, 0 to 1
     * @param open what has left which limit, and may come back; null for nothing
     */
    public void add(Bets bets, double[] x, @Nullable Departure open) {
        bets.add(x, logs);
        for (int feature = 0; feature < features.length; feature++) {
            features[feature] += FixedPoint.share(x[feature]);
        }
        if (open != null) {
            Bets.addReturn(open.side(), open.limit(), x[open.feature()], returns);
        }
        events++;
    }

    /**
     * Adds many events in some of which a feature was 1 and in the others 0. Events are counted apart, by {@link #count}.
     */
    public void add(Bets bets, int feature, long ones, long events, @Nullable Departure open) {
        bets.add(feature, ones, events, logs);
        features[feature] += FixedPoint.share(1) * ones;
        if (open != null && open.feature() == feature) {
            Bets.addReturn(open.side(), open.limit(), ones, events, returns);
        }
    }

    /** Counts events. */
    public void count(long more) {
        events += more;
    }

    /** Says that only a share of all events was asked, chosen at random. */
    public void sampled(double share) {
        sampled = share;
    }

    /**
     * How many of the events asked count as one, where that many in a row do: what was chosen at random lies apart, and
     * depends on each other by so much less.
     */
    double dependence(double inRow) {
        return 1 + sampled * (inRow - 1);
    }

    /** Adds what another one holds. */
    public void add(WindowSums other) {
        add(other.logs, logs);
        add(other.features, features);
        add(other.returns, returns);
        events += other.events;
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(logs, 0);
        Arrays.fill(features, 0);
        Arrays.fill(returns, 0);
        events = 0;
    }

    /** Sums of the components' logarithms, in units of 2⁻⁴⁰. */
    public long[] logs() {
        return logs;
    }

    long feature(int feature) {
        return features[feature];
    }

    long[] returns() {
        return returns;
    }

    /** Events. */
    public long events() {
        return events;
    }

    private static void add(long[] from, long[] to) {
        for (int at = 0; at < to.length; at++) {
            to[at] += from[at];
        }
    }
}
