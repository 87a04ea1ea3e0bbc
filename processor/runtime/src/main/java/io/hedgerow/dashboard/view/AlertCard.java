package io.hedgerow.dashboard.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert: claim, evidence, doubt and next step. Words are lower-case, times are milliseconds of event time.
 *
 * @param model key of its model
 * @param referenceMap mean map of the class's reference; null without one
 * @param group of a shortcut: the maps that are alike; null for other kinds
 * @param verdict shortcut or legitimate; null while nobody has answered
 * @param curve of the evidence, oldest first
 */
public record AlertCard(
        String id,
        int revision,
        String kind,
        String severity,
        String state,
        @Nullable String closedBecause,
        String model,
        int classIndex,
        String label,
        long since,
        long openedAt,
        long windowStart,
        long windowEnd,
        long events,
        String statistic,
        @Nullable Double value,
        @Nullable Double expected,
        @Nullable Double limit,
        @Nullable Double logEvidence,
        @Nullable Double logThreshold,
        String message,
        @Nullable Grid meanMap,
        @Nullable Grid referenceMap,
        @Nullable Long referenceEvents,
        @Nullable Long referenceLearnedAt,
        List<ExampleCard> examples,
        @Nullable Group group,
        @Nullable String verdict,
        Commands commands,
        List<Point> curve) {
    /** Maps that are alike, and the box they look at, in cells of 16 x 16. */
    public record Group(
            String id,
            double share,
            int maps,
            int row,
            int column,
            int rows,
            int columns,
            @Nullable Double scoreDifference,
            @Nullable Grid meanMap) {}

    /**
     * Commands that answer it.
     *
     * @param newNormal null where the class can't be named on a command line
     */
    public record Commands(String shortcut, String legitimate, @Nullable String newNormal) {}

    /** The evidence after one window. */
    public record Point(long time, double logEvidence) {}
}
