package io.hedgerow.monitor.reference;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Counts how often each {@link Rate} could have happened and did. Sums: the order doesn't matter. Not thread-safe. */
public final class Rates {
    private static final int COUNT = Rate.values().length;

    /** Evidence that wins no more than chance does so half of the time. */
    private static final double CHANCE = 0.5;

    private static final double ABOVE_CHANCE = 0.05;

    private final long[] all = new long[COUNT];
    private final long[] some = new long[COUNT];

    /** Of nothing. */
    public Rates() {}

    /** Counts that something happened in some of many events. */
    public void add(Rate rate, long happened, long events) {
        some[rate.place()] += happened;
        all[rate.place()] += events;
    }

    /** Counts all that another one has counted. */
    public void add(Rates other) {
        for (int at = 0; at < COUNT; at++) {
            some[at] += other.some[at];
            all[at] += other.all[at];
        }
    }

    /** Events in which it could have happened. */
    public long events(Rate rate) {
        return all[rate.place()];
    }

    /** Events in which it did. */
    public long happened(Rate rate) {
        return some[rate.place()];
    }

    /**
     * Limits that follow. Without a single event the limit is the tolerance alone; that of faithfulness lies in the middle
     * between what was seen and chance.
     *
     * @param tail chance that a limit is wrong
     * @param dependence events that count as one
     * @param tolerance smallest change that matters
     * @param coverage least share of explained events that is promised; NaN for that of the reference
     */
    Limits limits(double tail, double dependence, double tolerance, double coverage) {
        double[] mean = new double[COUNT];
        double[] low = new double[COUNT];
        double[] high = new double[COUNT];
        for (Rate rate : Rate.values()) {
            int at = rate.place();
            double events = all[at] / dependence;
            double happened = some[at] / dependence;
            mean[at] = all[at] == 0 ? Double.NaN : (double) some[at] / all[at];
            double upper = all[at] == 0 ? 0 : Tails.upper(tail, happened, events);
            double lower = all[at] == 0 ? 1 : Tails.lower(tail, happened, events);
            high[at] = rate.rising() ? Limits.high(upper + tolerance) : Double.NaN;
            low[at] = switch (rate) {
                case COVERAGE -> Limits.low(Double.isNaN(coverage) ? lower - tolerance : coverage);
                case FAITHFULNESS ->
                    Limits.low(Math.max(CHANCE + ABOVE_CHANCE, all[at] == 0 ? CHANCE : (CHANCE + lower) / 2));
                default -> Double.NaN;
            };
        }
        return new Limits(mean, low, high);
    }

    void write(DataOutput out) throws IOException {
        for (int at = 0; at < COUNT; at++) {
            out.writeLong(some[at]);
            out.writeLong(all[at]);
        }
    }

    static Rates read(DataInput in) throws IOException {
        Rates rates = new Rates();
        for (int at = 0; at < COUNT; at++) {
            rates.some[at] = in.readLong();
            rates.all[at] = in.readLong();
        }
        return rates;
    }
}
