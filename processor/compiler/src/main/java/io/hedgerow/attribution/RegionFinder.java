package io.hedgerow.attribution;

import java.util.List;

/**
 * Finder of a map's regions. Keeps what it works with for the next map: to make such arrays anew takes as long as all the
 * rest. Single-threaded.
 */
final class RegionFinder {
    private static final int MOST = 5;
    private static final double LEAST_SHARE = 0.05;

    private final BoxFilter smoother = new BoxFilter();
    private final MagnitudeHistogram magnitudes = new MagnitudeHistogram();
    private final ConnectedComponents runs = new ConnectedComponents();
    private int[] columns = {};

    /** Of each sign. */
    record Found(List<Region> evidence, List<Region> suppressors) {}

    Found find(SignedMap map, int imageWidth, int imageHeight) {
        float[] smoothed = smoother.smooth(map);
        magnitudes.sum(smoothed, map.size());
        if (columns.length != map.width()) {
            columns = new int[map.width()];
        }
        return new Found(
                find(map, smoothed, 1, imageWidth, imageHeight), find(map, smoothed, -1, imageWidth, imageHeight));
    }

    private List<Region> find(SignedMap map, float[] smoothed, int sign, int imageWidth, int imageHeight) {
        TopCells salient = magnitudes.most(smoothed, map.size(), sign);
        runs.clear();
        for (int row = 0; row < map.height(); row++) {
            int first = row * map.width();
            addRuns(row, smoothed, first, salient.columns(smoothed, first, columns));
        }
        return runs.largest(MOST).stream()
                .filter(region -> region.sum() >= LEAST_SHARE * salient.total())
                .map(region -> new Region(map.toImage().project(region.cells(), imageWidth, imageHeight), (float)
                        (region.sum() / salient.total())))
                .toList();
    }

    private void addRuns(int row, float[] smoothed, int first, int count) {
        for (int i = 0; i < count; ) {
            int left = columns[i];
            int column = left;
            double sum = 0;
            do {
                sum += Math.abs(smoothed[first + column]);
                column++;
                i++;
            } while (i < count && columns[i] == column);
            runs.add(row, left, column - 1, sum);
        }
    }
}
