package io.hedgerow.monitor;

import io.hedgerow.monitor.reference.ReferenceRules;
import java.time.Duration;

/**
 * What can be set of monitoring.
 *
 * @param window length of a window of event time; 10 s unless set
 * @param falseAlarmInterval mean time between false alarms, over all that is monitored; 30 d unless set
 * @param models models monitored at the same time, each of which has its part of the false alarms; at least 1
 * @param tolerance smallest change of a feature's mean that matters, 0 to 0.5; 0.02 unless set
 * @param shareTolerance smallest change of a class's share, or of a rate, that matters, 0 to 0.5; 0.05 unless set
 * @param modelReference explanations of all classes together that a reference is learned from; 300 unless set
 * @param classReference explanations of one class that a reference is learned from; 300 unless set
 * @param dependence events that count as one, at least 1; 0 to measure it
 * @param classes classes monitored one by one, in the order in which they came; 2,000 unless set
 * @param expectedCoverage share of events that is to be explained, 0 to 1; NaN to compare with the reference
 * @param updateEvery shortest time between two revisions of an alert; 1 min unless set
 * @param leastOpen shortest time that an alert is open; 5 min unless set
 * @param staleAfter time without events after which references and alerts are stale; 24 h unless set
 * @param audited whether what became of every event is known, from the audit trail: without it nobody knows what was left out
 */
public record MonitorSettings(
        Duration window,
        Duration falseAlarmInterval,
        int models,
        double tolerance,
        double shareTolerance,
        int modelReference,
        int classReference,
        double dependence,
        int classes,
        double expectedCoverage,
        Duration updateEvery,
        Duration leastOpen,
        Duration staleAfter,
        boolean audited) {
    /** Settings within their ranges. */
    public MonitorSettings {
        check(window.toMillis() >= 1, "a window of " + window + " is too short; 10s is usual");
        check(
                falseAlarmInterval.compareTo(window) > 0,
                "false alarms every " + falseAlarmInterval + " can't be promised with windows of " + window
                        + "; the interval must be longer");
        check(models >= 1, "at least 1 model is monitored, not " + models);
        check(tolerance >= 0 && tolerance < 0.5, "tolerance " + tolerance + " is not from 0 to 0.5");
        check(shareTolerance >= 0 && shareTolerance < 0.5, "tolerance " + shareTolerance + " is not from 0 to 0.5");
        check(
                modelReference >= ReferenceRules.LEAST && classReference >= ReferenceRules.LEAST,
                "a reference needs at least " + ReferenceRules.LEAST + " explanations, not "
                        + Math.min(modelReference, classReference));
        check(dependence == 0 || dependence >= 1, "dependence " + dependence + " is neither 0 nor at least 1");
        check(classes >= 1, "at least 1 class is monitored, not " + classes);
    }

    /** Settings as they are unless set, for one model. */
    public static MonitorSettings usual() {
        return new MonitorSettings(
                Duration.ofSeconds(10),
                Duration.ofDays(30),
                1,
                0.02,
                0.05,
                300,
                300,
                0,
                2_000,
                Double.NaN,
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                true);
    }

    /** How references of all classes together are made. */
    ReferenceRules modelRules() {
        return new ReferenceRules(
                modelReference, tolerance, shareTolerance, dependence, ReferenceRules.USUAL_RISK, expectedCoverage);
    }

    /** How references of one class are made. */
    ReferenceRules classRules() {
        return new ReferenceRules(
                classReference, tolerance, shareTolerance, dependence, ReferenceRules.USUAL_RISK, expectedCoverage);
    }

    private static void check(boolean right, String wrong) {
        if (!right) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
