package io.hedgerow.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * One window of a model, for charts over time.
 *
 * @param time its start in milliseconds
 * @param end its end
 * @param latencyP50 milliseconds from event to explanation
 */
public record ProfilePoint(
        long time,
        long end,
        long explained,
        long failed,
        long sampledOut,
        long shed,
        @Nullable Double agreement,
        @Nullable Double latencyP50,
        @Nullable Double latencyP95,
        @Nullable Double logEvidence,
        @Nullable Double logThreshold) {
    static ProfilePoint of(ProfileWindow window) {
        return new ProfilePoint(
                window.start(),
                window.end(),
                window.explained(),
                window.failed(),
                window.sampledOut(),
                window.shed(),
                window.compared() == 0 ? null : (Double) ((double) window.agrees() / window.compared()),
                Known.of(window.latencyP50()),
                Known.of(window.latencyP95()),
                Known.of(window.logEvidence()),
                Known.of(window.logThreshold()));
    }
}
