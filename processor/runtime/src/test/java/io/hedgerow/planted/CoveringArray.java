package io.hedgerow.planted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Rows of choices in which every two choices of two factors occur together: a covering array of strength 2, built row by row
 * as AETG does (D. Cohen et al., The AETG system, IEEE TSE 1997).
 */
final class CoveringArray {
    private static final int CANDIDATES = 8;

    private final int[] levels;
    private final Random random;
    /** By factor, its level, a later factor and its level: whether the two have not met yet. */
    private final boolean[][][][] open;

    private int left;

    private CoveringArray(int[] levels, Random random) {
        this.levels = levels;
        this.random = random;
        open = new boolean[levels.length][][][];
        for (int i = 0; i < levels.length; i++) {
            open[i] = new boolean[levels[i]][levels.length][];
            for (int a = 0; a < levels[i]; a++) {
                for (int j = i + 1; j < levels.length; j++) {
                    open[i][a][j] = new boolean[levels[j]];
                    Arrays.fill(open[i][a][j], true);
                    left += levels[j];
                }
            }
        }
    }

    /**
     * Makes the rows.
     *
     * @param levels of each factor, how many choices it has
     */
    static List<int[]> rows(int[] levels, Random random) {
        CoveringArray array = new CoveringArray(levels, random);
        List<int[]> rows = new ArrayList<>();
        while (array.left > 0) {
            rows.add(array.next());
        }
        return rows;
    }

    private int[] next() {
        int[] best = {};
        int most = 0;
        for (int i = 0; i < CANDIDATES; i++) {
            int[] candidate = candidate();
            int met = meetings(candidate);
            if (met > most) {
                most = met;
                best = candidate;
            }
        }
        close(best);
        return best;
    }

    /** Begins with two choices that have not met, and gives each further factor the level that meets most others. */
    private int[] candidate() {
        int[] row = new int[levels.length];
        Arrays.fill(row, -1);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        begin(row, order);
        for (int factor : order) {
            if (row[factor] < 0) {
                row[factor] = best(row, factor);
            }
        }
        return row;
    }

    private void begin(int[] row, List<Integer> order) {
        for (int i : order) {
            for (int j = i + 1; j < levels.length; j++) {
                int from = random.nextInt(levels[i]);
                for (int step = 0; step < levels[i]; step++) {
                    int a = (from + step) % levels[i];
                    for (int b = 0; b < levels[j]; b++) {
                        if (open[i][a][j][b]) {
                            row[i] = a;
                            row[j] = b;
                            return;
                        }
                    }
                }
            }
        }
    }

    private int best(int[] row, int factor) {
        int from = random.nextInt(levels[factor]);
        int best = from;
        int most = -1;
        for (int step = 0; step < levels[factor]; step++) {
            int level = (from + step) % levels[factor];
            int met = 0;
            for (int other = 0; other < row.length; other++) {
                if (row[other] >= 0 && other != factor && isOpen(factor, level, other, row[other])) {
                    met++;
                }
            }
            if (met > most) {
                most = met;
                best = level;
            }
        }
        return best;
    }

    private boolean isOpen(int i, int a, int j, int b) {
        return i < j ? open[i][a][j][b] : open[j][b][i][a];
    }

    private int meetings(int[] row) {
        int met = 0;
        for (int i = 0; i < row.length; i++) {
            for (int j = i + 1; j < row.length; j++) {
                met += open[i][row[i]][j][row[j]] ? 1 : 0;
            }
        }
        return met;
    }

    private void close(int[] row) {
        left -= meetings(row);
        for (int i = 0; i < row.length; i++) {
            for (int j = i + 1; j < row.length; j++) {
                open[i][row[i]][j][row[j]] = false;
            }
        }
    }
}
