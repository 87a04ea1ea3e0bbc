package io.hedgerow.dashboard.view;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Sums over windows. For one thread. */
final class Totals {
    long explained;
    long sampledOut;
    long shed;
    long failed;
    long expired;
    private long agrees;
    private long compared;
    private double confidence;
    private long confident;
    private long maps;
    private final double[] map;
    private long[] scores = {};

    /** Takes whether maps are to be added, too. */
    Totals(boolean mapped) {
        map = new double[mapped ? Grid.SIDE * Grid.SIDE : 0];
    }

    /** All sums but that of maps, which take longer than everything else. */
    static Totals of(Collection<ProfileWindow> windows) {
        return of(windows, false);
    }

    static Totals of(Collection<ProfileWindow> windows, boolean mapped) {
        Totals totals = new Totals(mapped);
        windows.forEach(totals::add);
        return totals;
    }

    void add(ProfileWindow window) {
        explained += window.explained();
        sampledOut += window.sampledOut();
        shed += window.shed();
        failed += window.failed();
        expired += window.expired();
        agrees += window.agrees();
        compared += window.compared();
        if (!Float.isNaN(window.confidence())) {
            confidence += window.confidence() * (double) window.explained();
            confident += window.explained();
        }
        byte[] cells = window.map();
        for (int cell = 0; cell < Math.min(cells.length, map.length); cell++) {
            map[cell] += (double) cells[cell] * window.mapScale() * window.maps();
        }
        maps += cells.length == 0 ? 0 : window.maps();
        int[] counts = window.scores();
        if (scores.length == 0 && counts.length > 0) {
            scores = new long[counts.length];
        }
        for (int bin = 0; bin < Math.min(counts.length, scores.length); bin++) {
            scores[bin] += counts[bin];
        }
    }

    /** Share of compared predictions that agree; null if none could be compared. */
    @Nullable
    Double agreement() {
        return compared == 0 ? null : (Double) ((double) agrees / compared);
    }

    @Nullable
    Double meanConfidence() {
        return confident == 0 ? null : (Double) (confidence / confident);
    }

    /** The mean map; null without one. */
    @Nullable
    MeanMap mean() {
        if (maps == 0 || map.length == 0) {
            return null;
        }
        float[] mean = new float[map.length];
        for (int cell = 0; cell < mean.length; cell++) {
            mean[cell] = (float) (map[cell] / maps);
        }
        return new MeanMap(new Grid(Grid.SIDE, Grid.SIDE, mean), maps);
    }

    long[] scores() {
        return scores;
    }
}
