package io.hedgerow.monitor.detect;

import io.hedgerow.monitor.reference.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Watches some features against their limits and keeps at most one alert open. It opens when the evidence reaches a
 * threshold, and closes on evidence that what changed has come back. A pure function of the windows it is told of. Not
 * thread-safe.
 */
public final class Watch {
    private final Limits limits;
    private final Bets bets;
    private final double dependence;
    private final Detector detector;
    private final Changes changes;
    private @Nullable OpenAlert open;

    /**
     * A watch that has seen nothing.
     *
     * @param dependence events that count as one, at least 1
     */
    public Watch(Limits limits, double dependence) {
        this.limits = limits;
        this.dependence = dependence;
        bets = new Bets(limits);
        detector = new Detector(bets);
        changes = new Changes(bets);
    }

    /** A watch as it was written. */
    public static Watch of(Limits limits, double dependence, byte[] bytes) {
        Watch watch = new Watch(limits, dependence);
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            for (int at = 0; at < watch.detector.logs().length; at++) {
                watch.detector.logs()[at] = in.readDouble();
            }
            watch.changes.read(in);
            watch.open = in.readBoolean() ? OpenAlert.read(in) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return watch;
    }

    /**
     * Event time since which things may be different: that of the open alert, or of evidence half-way to one;
     * {@link Long#MAX_VALUE} if all is well.
     *
     * @param logThreshold logarithm of the evidence at which an alert opens
     */
    public long suspectSince(double logThreshold) {
        OpenAlert alert = open;
        if (alert != null) {
            return alert.since();
        }
        return detector.logEvidence() < logThreshold / 2 ? Long.MAX_VALUE : changes.since(Bets.side(detector.most()));
    }

    /** What happened to the alert in a window. */
    public enum Step {
        NOTHING,
        OPENED,
        UPDATED,
        /** What had changed has come back. */
        BACK
    }

    /** The bets for a window's sums. */
    public Bets bets() {
        return bets;
    }

    /** The limits. */
    public Limits limits() {
        return limits;
    }

    /**
     * Takes a window in; after {@link Step#BACK} the alert is still there for its last words, until {@link #forget}.
     *
     * @param start event time at which the window begins
     * @param end event time at which it ends
     * @param logThreshold logarithm of the evidence at which an alert opens
     * @param id names an alert that may open
     */
    public Step step(WindowSums window, long start, long end, double logThreshold, String id, AlertTimes times) {
        if (window.events() == 0) {
            return Step.NOTHING;
        }
        double asOne = window.dependence(dependence);
        double evidence = detector.step(window.logs(), asOne);
        changes.step(window, start, asOne);
        OpenAlert alert = open;
        if (alert == null) {
            if (evidence < logThreshold) {
                return Step.NOTHING;
            }
            int side = Bets.side(detector.most());
            open = changes.open(id, side, limit(side), evidence, end);
            detector.reset();
            changes.reset();
            return Step.OPENED;
        }
        alert.step(window, end, asOne);
        if (alert.back() && end - alert.openedAt() >= times.leastOpen()) {
            alert.revise(end);
            return Step.BACK;
        }
        if (end - alert.revisedAt() >= times.updateEvery()) {
            alert.revise(end);
            return Step.UPDATED;
        }
        return Step.NOTHING;
    }

    /**
     * Whether the open alert has seen no events for too long; it has a last revision then, until {@link #forget}.
     *
     * @param now event time, or the clock's where no event comes
     */
    public boolean stale(long now, AlertTimes times) {
        OpenAlert alert = open;
        if (alert == null || now - alert.lastEvent() < times.staleAfter()) {
            return false;
        }
        alert.revise(now);
        return true;
    }

    /** Ends the open alert, if there is one, for a reason of another kind; it has a last revision then. */
    public @Nullable OpenAlert end(long at) {
        if (open != null) {
            open.revise(at);
        }
        return open;
    }

    /** Forgets the alert and all evidence. */
    public void forget() {
        open = null;
        detector.reset();
        changes.reset();
    }

    /** The alert that is open. */
    public @Nullable OpenAlert open() {
        return open;
    }

    /** What the open alert says has left which limit. */
    public @Nullable Departure departure() {
        return open == null ? null : open.departure();
    }

    /** Logarithm of the evidence; negative infinity before the first window. */
    public double logEvidence() {
        return detector.logEvidence();
    }

    /** The watch in a few bytes. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            for (double log : detector.logs()) {
                out.writeDouble(log);
            }
            changes.write(out);
            OpenAlert alert = open;
            out.writeBoolean(alert != null);
            if (alert != null) {
                alert.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private double limit(int side) {
        int feature = side / Bets.SIDES;
        return side % Bets.SIDES == 0 ? limits.high()[feature] : limits.low()[feature];
    }
}
