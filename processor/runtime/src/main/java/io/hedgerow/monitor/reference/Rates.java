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

    /** Sampled events that tell how often evidence wins. */
    private static final int ENOUGH = 200;

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
                case FAITHFULNESS -> faithfulness(tail, dependence);
                default -> Double.NaN;
            };
        }
        return new Limits(mean, low, high);
    }

    /** The lower limit of faithfulness. */
    private double faithfulness(double tail, double dependence) {
        int at = Rate.FAITHFULNESS.place();
        // what was chosen at random lies apart, and depends on each other by so much less
        double asOne = 1 + sampled() * (dependence - 1);
        double middle = all[at] == 0 ? CHANCE : (CHANCE + Tails.lower(tail, some[at] / asOne, all[at] / asOne)) / 2;
        return Limits.low(Math.max(CHANCE + ABOVE_CHANCE, middle));
    }

    /** Share of all maps whose evidence was put to trial. */
    public double sampled() {
        long maps = all[Rate.BLIND.place()];
        return maps == 0 ? 1 : Math.min(1, (double) all[Rate.FAITHFULNESS.place()] / maps);
    }

    /** Whether so many events were sampled that a limit of faithfulness follows that says more than chance. */
    public boolean tellFaithfulness() {
        return all[Rate.FAITHFULNESS.place()] >= ENOUGH;
    }

    /** Whether a limit of faithfulness says no more than chance does, as it would without a sampled event. */
    public static boolean saysNothing(double limit) {
        return Double.isNaN(limit) || limit <= CHANCE + ABOVE_CHANCE;
    }

    /**
     * A reference's limits with that of faithfulness as it follows from these.
     *
     * @param ordinal which limits of the model these are
     */
    public Limits refined(Limits limits, ReferenceRules rules, int ordinal, double dependence) {
        int at = Rate.FAITHFULNESS.place();
        double[] mean = limits.mean().clone();
        double[] low = limits.low().clone();
        mean[at] = (double) some[at] / all[at];
        low[at] = faithfulness(rules.tail(ordinal, COUNT), dependence);
        return new Limits(mean, low, limits.high());
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
