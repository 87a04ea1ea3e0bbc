package io.hedgerow.bench;

import io.hedgerow.compiler.runtime.TensorSpec;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a measurement behind a broker.
 *
 * @param wanted events; null for as many as the devices take some seconds for
 * @param partitions of the topics, at least 1
 * @param threads stream threads for each device, at least 1
 * @param devices how many there are, at least 1
 * @param audit whether the audit trail is measured, in place of streaming
 * @param monitor whether monitoring is measured, in place of streaming
 * @param latency whether latency is measured too
 * @param pictures made for a model's input
 */
public record Workload(
        @Nullable Integer wanted,
        int partitions,
        int threads,
        int devices,
        boolean audit,
        boolean monitor,
        boolean latency,
        Function<TensorSpec, MadeUpEvents> pictures) {
    /** The most events that are put through. */
    public static final int MOST_IMAGES = 1_000_000;

    private static final int FEWEST_BY_DEFAULT = 100;
    private static final double SECONDS_BY_DEFAULT = 15;
    /** Many short turns: the machine's speed changes less from one to the next. */
    private static final double AUDIT_SECONDS_BY_DEFAULT = 5;

    /** There were too few events to measure with. */
    public static final class TooFewException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooFewException(int events) {
            super(
                    "%d events are too few: most were computed before the first explanation became visible; give more with"
                                    .formatted(events)
                            + " --images");
        }
    }

    /** How many events: as wanted, or enough of them for the beginning and the end of a run to count for little. */
    int images(double perSecond) {
        double seconds = audit || monitor ? AUDIT_SECONDS_BY_DEFAULT : SECONDS_BY_DEFAULT;
        double byDefault = Math.max(FEWEST_BY_DEFAULT, seconds * perSecond);
        return wanted != null ? wanted : (int) Math.min(MOST_IMAGES, byDefault);
    }

    /** The figure, unless there were too few events to measure it. */
    double measured(double figure, int events) {
        if (Double.isNaN(figure)) {
            throw new TooFewException(events);
        }
        return figure;
    }
}
