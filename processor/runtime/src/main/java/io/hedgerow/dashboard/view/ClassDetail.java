package io.hedgerow.dashboard.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All about one class in a span of time.
 *
 * @param now mean map of the span; null without maps
 * @param reference mean map of the reference; null without one
 * @param curve a point for each window
 * @param scores histogram of the decided class's score
 */
public record ClassDetail(
        ClassRow row,
        @Nullable MeanMap now,
        @Nullable MeanMap reference,
        List<Point> curve,
        Scores scores,
        List<ExampleCard> examples) {
    /**
     * One window.
     *
     * @param time its start in milliseconds
     * @param limit evidence that opens an alert
     */
    public record Point(
            long time,
            @Nullable Double logEvidence,
            @Nullable Double limit,
            long explained,
            @Nullable Double agreement) {}

    /**
     * A histogram.
     *
     * @param bounds between bins, one less than there are bins
     * @param now counts
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Scores(double[] bounds, long[] now) {}
}
