package io.hedgerow.evaluate.run;

import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.evaluate.metrics.Cells;
import io.hedgerow.evaluate.metrics.Relevance;
import io.hedgerow.evaluate.perturbation.CellCurves;
import io.hedgerow.evaluate.statistics.Ranks;
import java.util.Arrays;

/** How much of a map is the class's own: whether another class has the same. */
final class ClassSensitivity {
    private ClassSensitivity() {}

    /** Some classes, and of those that the model has beside them the one with the highest score; alone if there is none. */
    static int[] withAnother(int[] classes, Outputs outputs) {
        int best = -1;
        float[] scores = outputs.scores();
        for (int other = 0; other < scores.length; other++) {
            int index = other;
            if (Arrays.stream(classes).noneMatch(one -> one == index) && (best < 0 || scores[other] > scores[best])) {
                best = other;
            }
        }
        if (best < 0) {
            return classes;
        }
        int[] all = Arrays.copyOf(classes, classes.length + 1);
        all[classes.length] = best;
        return all;
    }

    /** Rank correlation of both maps' cells; NaN where one is the same everywhere, or is not finite. */
    static double of(Relevance map, Relevance other) {
        if (!other.isFinite()) {
            return Double.NaN;
        }
        Cells cells = Cells.square(CellCurves.SIDE, map.height(), map.width());
        return Ranks.correlation(doubles(map.means(cells)), doubles(other.means(cells)));
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }
}
