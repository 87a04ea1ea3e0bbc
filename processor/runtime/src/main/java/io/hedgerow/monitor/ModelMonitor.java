package io.hedgerow.monitor;

import io.hedgerow.Alert;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import java.util.List;

/**
 * Watches one model explained by one method. The same windows in the same order give the same findings, whatever process
 * they are told to, and whether or not it was started anew from its {@link Memory} in between. Not thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ModelMonitor {
    /**
     * A monitor that goes on from what the memory holds, or begins where it holds nothing.
     *
     * @param model the model; its SHA-256 tells one from another
     * @param method how its maps are made
     */
    public ModelMonitor(ExplainedModel model, Method method, MonitorSettings settings, Memory memory) {}

    /**
     * Learns from a window or looks for changes in it. Windows come in order of time, each once; empty ones may be left
     * out.
     *
     * @throws IllegalArgumentException if the window isn't after the last one
     */
    public Findings close(Window window) {
        throw new UnsupportedOperationException();
    }

    /** Profiles of a window that is still open. Changes nothing. */
    public List<Profile> provisional(Window window) {
        throw new UnsupportedOperationException();
    }

    /**
     * Profiles of events that came after their window was closed; no detector sees them.
     *
     * @param published the profiles of that window as they were published, in which they are to be counted
     * @param late what came late
     */
    public List<Profile> late(List<Profile> published, Window late) {
        throw new UnsupportedOperationException();
    }

    /**
     * Obeys a record of the topic of references: another reference, an answer, a request. What the monitor itself wrote
     * changes nothing. It holds from the next window on.
     */
    public Findings take(ReferenceEntry entry) {
        throw new UnsupportedOperationException();
    }

    /**
     * Says what has become stale, where no window comes any more.
     *
     * @param now milliseconds since 1970
     */
    public Findings idle(long now) {
        throw new UnsupportedOperationException();
    }

    /** Alerts that are open, as last revised. */
    public List<Alert> open() {
        throw new UnsupportedOperationException();
    }
}
