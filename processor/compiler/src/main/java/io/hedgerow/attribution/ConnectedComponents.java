package io.hedgerow.attribution;

import java.util.Arrays;
import java.util.List;

/**
 * Runs of neighbouring cells of a row, in row-major order; runs that touch, if only at a corner, make up regions. A region goes
 * by the number of its first run. Arrays instead of an object each, kept for the next map: a noisy one has thousands. Single-threaded.
 */
final class ConnectedComponents {
    private int[] rows = new int[256];
    private int[] bottoms = new int[256];
    private int[] firstColumns = new int[256];
    private int[] lastColumns = new int[256];
    private double[] sums = new double[256];
    /** Of the same region and not after the run; the run itself if it is the first. */
    private int[] parents = new int[256];

    private int size;
    /** The first run of the row at hand. */
    private int own;
    /** The first run of the row before that can still touch one that comes; from {@code own} on there is none. */
    private int above;

    /** Forgets all runs. */
    void clear() {
        size = 0;
        own = 0;
        above = 0;
    }

    /** Adds the next run, joined to those of the row before that it touches. */
    void add(int row, int firstColumn, int lastColumn, double sum) {
        if (size > 0 && rows[size - 1] != row) {
            above = rows[size - 1] == row - 1 ? own : size;
            own = size;
        }
        if (size == rows.length) {
            grow();
        }
        int run = size++;
        rows[run] = row;
        firstColumns[run] = firstColumn;
        lastColumns[run] = lastColumn;
        sums[run] = sum;
        parents[run] = run;
        while (above < own && lastColumns[above] + 1 < firstColumn) {
            above++;
        }
        for (int other = above; other < own && firstColumns[other] - 1 <= lastColumn; other++) {
            join(root(run), root(other));
        }
    }

    /** Where in the map a region lies, in cells, and how much its runs sum up to. */
    record Extent(Box cells, double sum) {}

    /** The regions with the largest sums, largest first, of equal ones the first in row-major order; no run may follow. */
    List<Extent> largest(int most) {
        gather();
        int[] largest = new int[most];
        int found = 0;
        for (int run = 0; run < size; run++) {
            if (parents[run] != run) {
                continue;
            }
            int place = found;
            while (place > 0 && sums[largest[place - 1]] < sums[run]) {
                place--;
            }
            if (place < most) {
                found = Math.min(found + 1, most);
                System.arraycopy(largest, place, largest, place + 1, found - place - 1);
                largest[place] = run;
            }
        }
        return Arrays.stream(largest, 0, found).mapToObj(this::extent).toList();
    }

    private Extent extent(int region) {
        int left = firstColumns[region];
        int top = rows[region];
        Box cells = new Box(left, top, lastColumns[region] - left + 1, bottoms[region] - top + 1);
        return new Extent(cells, sums[region]);
    }

    /** Makes of each region's first run the whole region. */
    private void gather() {
        for (int run = 0; run < size; run++) {
            // earlier runs lead to their first one already
            int region = parents[parents[run]];
            parents[run] = region;
            firstColumns[region] = Math.min(firstColumns[region], firstColumns[run]);
            lastColumns[region] = Math.max(lastColumns[region], lastColumns[run]);
            bottoms[region] = rows[run];
            sums[region] += region == run ? 0 : sums[run];
        }
    }

    private void join(int one, int other) {
        parents[Math.max(one, other)] = Math.min(one, other);
    }

    private int root(int run) {
        int root = run;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    private void grow() {
        int length = 2 * size;
        rows = Arrays.copyOf(rows, length);
        bottoms = Arrays.copyOf(bottoms, length);
        firstColumns = Arrays.copyOf(firstColumns, length);
        lastColumns = Arrays.copyOf(lastColumns, length);
        sums = Arrays.copyOf(sums, length);
        parents = Arrays.copyOf(parents, length);
    }
}
