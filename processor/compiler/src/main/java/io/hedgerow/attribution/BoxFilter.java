package io.hedgerow.attribution;

/** Mean of each cell and the up to eight around it. Keeps its arrays for the next map; single-threaded. */
final class BoxFilter {
    private float[] sums = {};
    private float[] means = {};

    /**
     * Smoothes a map.
     *
     * @return the means, row-major, of the first {@code map.size()} cells; good until the next map
     */
    float[] smooth(SignedMap map) {
        if (means.length < map.size()) {
            sums = new float[map.size()];
            means = new float[map.size()];
        }
        sumAcross(map);
        average(map);
        return means;
    }

    /** All cells in one loop, those at the sides put right after it: rows are too short to take many cells at a time. */
    private void sumAcross(SignedMap map) {
        for (int cell = 1; cell < map.size() - 1; cell++) {
            sums[cell] = map.get(cell - 1) + map.get(cell) + map.get(cell + 1);
        }
        int last = map.width() - 1;
        for (int row = 0; row < map.height(); row++) {
            sums[row * map.width()] = map.get(row, 0) + (last > 0 ? map.get(row, 1) : 0);
            sums[row * map.width() + last] = map.get(row, last) + (last > 0 ? map.get(row, last - 1) : 0);
        }
    }

    private void average(SignedMap map) {
        int width = map.width();
        for (int cell = width; cell < map.size() - width; cell++) {
            means[cell] = (sums[cell - width] + sums[cell] + sums[cell + width]) / 9;
        }
        for (int column = 0; column < width; column++) {
            averageEdge(map, 0, column);
            averageEdge(map, map.height() - 1, column);
        }
        for (int row = 0; row < map.height(); row++) {
            averageEdge(map, row, 0);
            averageEdge(map, row, width - 1);
        }
    }

    private void averageEdge(SignedMap map, int row, int column) {
        int top = Math.max(0, row - 1);
        int bottom = Math.min(map.height() - 1, row + 1);
        float sum = 0;
        for (int y = top; y <= bottom; y++) {
            sum += sums[y * map.width() + column];
        }
        int columns = Math.min(map.width() - 1, column + 1) - Math.max(0, column - 1) + 1;
        means[row * map.width() + column] = sum / ((bottom - top + 1) * columns);
    }
}
