package io.hedgerow.monitor.detect;

import io.hedgerow.monitor.profile.FixedPoint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Since when each feature most likely has been different, and how: the time at which a cumulative sum of its bets last
 * began to grow (Page 1954). Not thread-safe.
 */
final class Changes {
    /** A stake small enough to grow with small changes. */
    private static final int STAKE = 1;

    private final double[] growth;
    private final long[] since;
    private final long[] events;
    private final long[] sums;

    Changes(Bets bets) {
        int sides = bets.features() * Bets.SIDES;
        growth = new double[sides];
        since = new long[sides];
        events = new long[sides];
        sums = new long[sides];
    }

    void step(WindowSums window, long start, double dependence) {
        for (int side = 0; side < growth.length; side++) {
            if (growth[side] <= 0) {
                growth[side] = 0;
                since[side] = start;
                events[side] = 0;
                sums[side] = 0;
            }
            growth[side] += FixedPoint.logs(window.logs()[side * Bets.STAKES + STAKE]) / dependence;
            events[side] += window.events();
            sums[side] += window.feature(side / Bets.SIDES);
        }
    }

    void reset() {
        Arrays.fill(growth, 0);
    }

    long since(int side) {
        return since[side];
    }

    OpenAlert open(String id, int side, double limit, double logEvidence, long at) {
        return new OpenAlert(id, side, limit, logEvidence, at, since[side], events[side], sums[side]);
    }

    void write(DataOutput out) throws IOException {
        for (int side = 0; side < growth.length; side++) {
            out.writeDouble(growth[side]);
            out.writeLong(since[side]);
            out.writeLong(events[side]);
            out.writeLong(sums[side]);
        }
    }

    void read(DataInput in) throws IOException {
        for (int side = 0; side < growth.length; side++) {
            growth[side] = in.readDouble();
            since[side] = in.readLong();
            events[side] = in.readLong();
            sums[side] = in.readLong();
        }
    }
}
