package io.hedgerow.dashboard.http;

import io.hedgerow.dashboard.view.AlertCard;
import io.hedgerow.dashboard.view.View;
import java.time.Duration;
import java.util.List;

/**
 * What has changed, each time with the next number: alerts as soon as they come, what follows from the clock or is large once a
 * second. Guarded by its hub.
 */
final class Changes {
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final Overview overview;
    private final Section outlook = new Section("verdict", true);
    private final Section models = new Section("models", true);
    private final Section machine = new Section("machine", true);
    private final Section alerts = new Section("alerts", false);
    private final Section classes = new Section("classes", false);
    private long last = 1;
    private long viewVersion = -1;
    private long alertVersion = -1;
    private long slowAt = System.nanoTime() - SLOW.toNanos();

    Changes(Overview overview) {
        this.overview = overview;
    }

    /** Number of the last one. */
    long last() {
        return last;
    }

    /** Looks for changes, at a time in nanoseconds. */
    void look(long now) {
        long next = last + 1;
        boolean changed = false;
        View view = overview.view();
        long version = view.version();
        boolean slow = now - slowAt >= SLOW.toNanos();
        if (view.alertVersion() != alertVersion || (slow && version != viewVersion)) {
            alertVersion = view.alertVersion();
            changed |= alerts.update(view.alerts(), AlertCard::id, next);
            changed |= outlook.update(view.outlook(), next);
        }
        if (slow && version != viewVersion) {
            changed |= classes.update(view.classes(), row -> row.model() + "\n" + row.classIndex(), next);
            viewVersion = version;
        }
        if (slow) {
            changed |= outlook.update(view.outlook(), next);
            changed |= models.update(view.models(), next);
            changed |= machine.update(overview.machine().get(), next);
            slowAt = now;
        }
        if (changed) {
            last = next;
        }
    }

    /** Appends an event for each kind of which something is newer than {@code seen}. */
    void write(StringBuilder to, long seen) {
        for (Section section : List.of(outlook, alerts, models, classes, machine)) {
            section.write(to, seen);
        }
    }
}
