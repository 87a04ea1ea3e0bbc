package io.hedgerow.monitor.reference;

/** What may become of events too often, or not often enough; each is a share of events. */
public enum Rate {
    /** Replayed predictions that disagree with logged ones. */
    DISAGREEMENT(true),
    /** Events that are explained. */
    COVERAGE(false),
    /** Events that failed. */
    FAILURES(true),
    /** Maps without evidence. */
    BLIND(true),
    /** Sampled events whose evidence matters more than as many other cells. */
    FAITHFULNESS(false);

    private final boolean rising;

    Rate(boolean rising) {
        this.rising = rising;
    }

    /** Whether more of it is worse. */
    public boolean rising() {
        return rising;
    }
}
