package io.hedgerow.dashboard.view;

import io.hedgerow.Example;
import io.hedgerow.monitor.profile.Bins;
import java.util.Collection;
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
     * Of what is remembered of a class.
     *
     * @param windows of the span
     * @param shown windows of the curve
     */
    static ClassDetail of(
            ClassRow row, Scope scope, Collection<ProfileWindow> windows, Collection<ProfileWindow> shown) {
        Totals totals = Totals.of(windows, true);
        Scope.Learned learned = scope.reference();
        Grid map = learned == null ? null : learned.map();
        return new ClassDetail(
                row,
                totals.mean(),
                map == null || learned == null ? null : new MeanMap(map, learned.events()),
                shown.stream().map(Point::of).toList(),
                new Scores(Bins.scoreEdges(), totals.scores(), learned == null ? null : scores(scope, learned)),
                scope.examples().stream()
                        .map((Example example) -> ExampleCard.of(example, null))
                        .toList());
    }

    /** Scores while the reference was learned; null once its windows are forgotten. */
    private static long @Nullable [] scores(Scope scope, Scope.Learned learned) {
        long[] counts = Totals.of(scope.history.overlapping(learned.from(), learned.to()))
                .scores();
        return counts.length == 0 ? null : counts;
    }

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
            @Nullable Double agreement) {
        private static Point of(ProfileWindow window) {
            return new Point(
                    window.start(),
                    Known.of(window.logEvidence()),
                    Known.of(window.logThreshold()),
                    window.explained(),
                    window.compared() == 0 ? null : (Double) ((double) window.agrees() / window.compared()));
        }
    }

    /**
     * A histogram.
     *
     * @param bounds between bins, one less than there are bins
     * @param now counts
     * @param reference counts while the reference was learned; null if that is no longer remembered
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Scores(double[] bounds, long[] now, long @Nullable [] reference) {}
}
