package io.hedgerow.monitor.detect;

import io.hedgerow.monitor.profile.FixedPoint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** An alert of a detector while it is open: what left which limit, and how that went on. Not thread-safe. */
public final class OpenAlert {
    /** Evidence that what changed has come back, at which an alert closes: one time in 20 it is wrong. */
    private static final double ENOUGH = StrictMath.log(20);

    private final String id;
    private final Departure departure;
    private final double logEvidence;
    private final long openedAt;
    private final long since;
    private final double[] returned = new double[Bets.STAKES];
    private long events;
    private long sum;
    private int revision = 1;
    private long revisedAt;
    private long lastEvent;

    OpenAlert(String id, int side, double limit, double logEvidence, long openedAt, long since, long events, long sum) {
        this.id = id;
        departure = new Departure(side, limit);
        this.logEvidence = logEvidence;
        this.openedAt = openedAt;
        this.since = since;
        this.events = events;
        this.sum = sum;
        revisedAt = openedAt;
        lastEvent = openedAt;
    }

    /** Takes a window in. */
    void step(WindowSums window, long end, double dependence) {
        events += window.events();
        sum += window.feature(feature());
        lastEvent = end;
        for (int stake = 0; stake < returned.length; stake++) {
            returned[stake] = Math.max(0, returned[stake]) + FixedPoint.logs(window.returns()[stake]) / dependence;
        }
    }

    /** Whether what had changed has come back. */
    boolean back() {
        double sum = 0;
        for (double log : returned) {
            sum += StrictMath.exp(log);
        }
        return StrictMath.log(sum / returned.length) >= ENOUGH;
    }

    void revise(long at) {
        revision++;
        revisedAt = at;
    }

    /** Names the alert. */
    public String id() {
        return id;
    }

    /** What left which limit. */
    Departure departure() {
        return departure;
    }

    /** The feature whose mean left its limit. */
    public int feature() {
        return departure.feature();
    }

    /** Whether its mean rose. */
    public boolean rose() {
        return departure.side() % Bets.SIDES == 0;
    }

    /** The limit. */
    public double limit() {
        return departure.limit();
    }

    /** Logarithm of the evidence that opened it. */
    public double logEvidence() {
        return logEvidence;
    }

    /** Event time at which the window ended that opened it. */
    public long openedAt() {
        return openedAt;
    }

    /** Event time from which on things most likely were different. */
    public long since() {
        return since;
    }

    /** Events since then. */
    public long events() {
        return events;
    }

    /** The feature's mean since then. */
    public double value() {
        return events == 0 ? Double.NaN : FixedPoint.shares(sum) / events;
    }

    /** Number of the last revision, from 1. */
    public int revision() {
        return revision;
    }

    /** Event time of the last revision. */
    public long revisedAt() {
        return revisedAt;
    }

    /** Event time at which the last window with events ended. */
    public long lastEvent() {
        return lastEvent;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(id);
        out.writeInt(departure.side());
        out.writeDouble(departure.limit());
        out.writeDouble(logEvidence);
        out.writeLong(openedAt);
        out.writeLong(since);
        out.writeLong(events);
        out.writeLong(sum);
        out.writeInt(revision);
        out.writeLong(revisedAt);
        out.writeLong(lastEvent);
        for (double log : returned) {
            out.writeDouble(log);
        }
    }

    static OpenAlert read(DataInput in) throws IOException {
        OpenAlert alert = new OpenAlert(
                in.readUTF(),
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
        alert.revision = in.readInt();
        alert.revisedAt = in.readLong();
        alert.lastEvent = in.readLong();
        for (int stake = 0; stake < alert.returned.length; stake++) {
            alert.returned[stake] = in.readDouble();
        }
        return alert;
    }
}
