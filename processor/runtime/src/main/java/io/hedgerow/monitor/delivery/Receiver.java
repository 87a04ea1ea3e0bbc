package io.hedgerow.monitor.delivery;

import java.time.Instant;

/** Somebody who is told of alerts, revision by revision, without being waited for. Belongs to the sender's thread. */
interface Receiver {
    /** Takes note of a revision; those of a partition come in their order, after a start anew from its beginning. */
    void take(Position revision);

    /** Sends what is due, and sees what came of what was sent. */
    void step(Instant now);

    /** Forgets a partition, which is read from its beginning again or is another process's now. */
    void forget(int partition);
}
