package io.hedgerow.dashboard.view;

import io.hedgerow.OutcomeCounts;
import io.hedgerow.Profile;
import io.hedgerow.monitor.profile.FixedPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a profile: a few hundred bytes. Numbers that aren't known are NaN.
 *
 * @param latencyP50 milliseconds
 * @param latencyP95 milliseconds
 * @param confidence mean probability of the decided class
 * @param scores histogram of scores, in the profile's bins
 * @param maps that {@code map} is the mean of
 * @param map mean map in steps of {@code mapScale}; empty without maps
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ProfileWindow(
        long start,
        long end,
        boolean provisional,
        long explained,
        long sampledOut,
        long shed,
        long failed,
        long expired,
        long agrees,
        long compared,
        float latencyP50,
        float latencyP95,
        float confidence,
        float logEvidence,
        float logThreshold,
        int[] scores,
        long maps,
        byte[] map,
        float mapScale) {
    private static final byte[] NO_MAP = {};
    private static final int[] NO_SCORES = {};
    private static final int STEPS = 127;
    private static final int HALF_OCTAVES = 2;

    static ProfileWindow of(Profile profile) {
        OutcomeCounts outcomes = profile.getOutcomes();
        List<Long> sums = profile.getMapSum();
        long maps = profile.getMaps();
        double top = 0;
        boolean mapped = maps > 0 && sums.size() == Grid.SIDE * Grid.SIDE;
        byte[] map = NO_MAP;
        if (mapped) {
            map = new byte[sums.size()];
            for (long sum : sums) {
                top = Math.max(top, FixedPoint.shares(sum) / maps);
            }
            for (int cell = 0; cell < map.length && top > 0; cell++) {
                map[cell] = (byte) Math.rint(FixedPoint.shares(sums.get(cell)) / maps / top * STEPS);
            }
        }
        return new ProfileWindow(
                profile.getWindowStart().toEpochMilli(),
                profile.getWindowEnd().toEpochMilli(),
                profile.getProvisional(),
                outcomes.getExplained(),
                outcomes.getSampledOut(),
                outcomes.getShed(),
                outcomes.getFailed(),
                outcomes.getExpired(),
                outcomes.getAgrees(),
                outcomes.getAgrees() + outcomes.getScoreDiffers() + outcomes.getClassDiffers(),
                quantile(profile.getLatencies(), 0.5),
                quantile(profile.getLatencies(), 0.95),
                confidence(profile.getConfidences()),
                known(profile.getLogEvidence()),
                known(profile.getLogThreshold()),
                counts(profile.getScores()),
                mapped ? maps : 0,
                map,
                (float) (top / STEPS));
    }

    /** How many events came to an end in it, one way or the other. */
    long events() {
        return explained + sampledOut + shed + failed + expired;
    }

    private static float known(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? Float.NaN : value.floatValue();
    }

    /** Geometric middle of the bin that the quantile lies in; NaN of an empty histogram. */
    private static float quantile(List<Long> bins, double share) {
        long all = bins.stream().mapToLong(Long::longValue).sum();
        long below = 0;
        for (int bin = 0; bin < bins.size(); bin++) {
            below += bins.get(bin);
            if (all > 0 && below >= share * all) {
                return (float) Math.pow(2, (bin + 0.5) / HALF_OCTAVES);
            }
        }
        return Float.NaN;
    }

    private static float confidence(List<Long> bins) {
        double sum = 0;
        long all = 0;
        for (int bin = 0; bin < bins.size(); bin++) {
            all += bins.get(bin);
            sum += bins.get(bin) * (bin + 0.5) / bins.size();
        }
        return all == 0 ? Float.NaN : (float) (sum / all);
    }

    private static int[] counts(List<Long> bins) {
        if (bins.stream().allMatch(count -> count == 0)) {
            return NO_SCORES;
        }
        return bins.stream().mapToInt(Math::toIntExact).toArray();
    }
}
