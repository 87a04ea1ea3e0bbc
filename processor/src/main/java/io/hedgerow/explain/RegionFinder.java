package io.hedgerow.explain;

import io.hedgerow.image.SignedMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the regions of one sign in a smoothed map, row by row: runs of cells that touch the row before's join it. */
final class RegionFinder {
    private static final int MOST = 5;

    private final SignedMap map;
    private final Salient salient;

    RegionFinder(SignedMap map, Salient salient) {
        this.map = map;
        this.salient = salient;
    }

    List<Region> find(int imageWidth, int imageHeight) {
        return runs().stream()
                .filter(Run::isFirstOfItsRegion)
                // stable: of equal ones the first in row-major order
                .sorted(Comparator.comparingDouble(run -> -run.sum()))
                .limit(MOST)
                .map(run -> new Region(map.toImage().project(run.box(), imageWidth, imageHeight), (float)
                        (run.sum() / salient.total())))
                .toList();
    }

    /** All runs, in row-major order, joined where they touch. */
    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        int above = 0;
        for (int row = 0; row < map.height(); row++) {
            int own = runs.size();
            addRuns(row, runs);
            join(runs.subList(above, own), runs.subList(own, runs.size()));
            above = own;
        }
        return runs;
    }

    private void addRuns(int row, List<Run> runs) {
        int width = map.width();
        int first = row * width;
        for (int column = 0; column < width; column++) {
            if (!salient.takes(map.get(first + column))) {
                continue;
            }
            int left = column;
            double sum = 0;
            do {
                sum += Math.abs(map.get(first + column));
                column++;
            } while (column < width && salient.takes(map.get(first + column)));
            runs.add(new Run(row, left, column - 1, sum));
        }
    }

    private static void join(List<Run> above, List<Run> below) {
        int next = 0;
        for (Run run : below) {
            while (next < above.size() && above.get(next).endsBefore(run)) {
                next++;
            }
            for (int i = next; i < above.size() && !run.endsBefore(above.get(i)); i++) {
                run.join(above.get(i));
            }
        }
    }
}
