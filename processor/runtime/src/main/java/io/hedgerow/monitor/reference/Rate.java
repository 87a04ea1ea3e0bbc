package io.hedgerow.monitor.reference;

/** What may become of events too often, or not often enough; each is a share of events. */
public enum Rate {
    /** Replayed predictions that disagree with logged ones. */
    DISAGREEMENT(0, true),
    /** Events that are explained. */
    COVERAGE(1, false),
    /** Events that failed. */
    FAILURES(2, true),
    /** Maps without evidence. */
    BLIND(3, true),
    /** Sampled events whose evidence matters more than as many other cells. */
    FAITHFULNESS(4, false);

    private final int place;
    private final boolean rising;

    Rate(int place, boolean rising) {
        this.place = place;
        this.rising = rising;
    }

    /** Place of it in lists of all, from 0. */
    public int place() {
        return place;
    }

    /** Whether more of it is worse. */
    public boolean rising() {
        return rising;
    }
}
