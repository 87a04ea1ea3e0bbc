package io.hedgerow.config;

import io.hedgerow.monitor.MonitorSettings;
import java.time.Duration;

/** Keys of what is made of the explanations. */
final class MonitorKeys {
    private final Values values;

    MonitorKeys(Values values) {
        this.values = values;
    }

    /** Takes how many models there are, and whether what became of every event is known. */
    MonitorSettings settings(int models, boolean audited) {
        MonitorSettings usual = MonitorSettings.usual();
        int classes = values.get(Key.integer(
                "monitor.classes",
                2_000,
                1,
                100_000,
                "Classes of a model that are monitored one by one, the first that come; all others together."));
        float tolerance = values.get(Key.decimal(
                "monitor.tolerance",
                "0.02",
                0,
                0.4f,
                "Smallest change that matters of where evidence lies, as a share of the evidence."));
        float shareTolerance = values.get(Key.decimal(
                "monitor.share-tolerance",
                "0.05",
                0,
                0.4f,
                "Smallest change that matters of a class's share of events, or of a rate such as that of failures."));
        Duration falseAlarmInterval = values.get(Key.duration(
                "monitor.false-alarm-interval",
                "30d",
                "1h",
                "3650d",
                "Mean time between two false alarms, over all models and classes together."));
        int modelReference = values.get(Key.integer(
                "monitor.model-reference",
                300,
                100,
                100_000,
                "Explanations of a model that its reference is learned from, unless it is given one."));
        int classReference = values.get(Key.integer(
                "monitor.class-reference",
                300,
                100,
                100_000,
                "Explanations of a class that its reference is learned from, unless it is given one."));
        float dependence = dependence();
        float coverage = values.get(Key.decimal(
                "monitor.coverage",
                "0",
                0,
                1,
                "Share of events that is to be explained; 0 to compare with what it was in the reference."));
        return new MonitorSettings(
                usual.window(),
                falseAlarmInterval,
                models,
                exact(tolerance),
                exact(shareTolerance),
                modelReference,
                classReference,
                exact(dependence),
                classes,
                coverage == 0 ? Double.NaN : exact(coverage),
                usual.updateEvery(),
                usual.leastOpen(),
                usual.staleAfter(),
                audited);
    }

    /** Share of events in which it is asked whether evidence matters. */
    float faithfulness() {
        return values.get(Key.decimal(
                "monitor.faithfulness",
                "0.02",
                0,
                1,
                "Share of events in which it is asked whether their evidence matters: two more forward passes each; chosen"
                        + " by their ids."));
    }

    private float dependence() {
        float events = values.get(Key.decimal(
                "monitor.dependence",
                "0",
                0,
                10_000,
                "Events that count as one because they resemble each other, such as a camera's one after another; 0 to"
                        + " measure it."));
        if (events > 0 && events < 1) {
            throw values.error(
                    "monitor.dependence",
                    "monitor.dependence: '" + events + "' is not allowed; expected: 1 or more, or 0 to measure it");
        }
        return events;
    }

    /** The number that was written: 0.02, not what is nearest to it among the floats. */
    private static double exact(float value) {
        return Double.parseDouble(Float.toString(value));
    }
}
