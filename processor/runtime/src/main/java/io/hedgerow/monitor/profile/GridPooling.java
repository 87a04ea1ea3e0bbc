package io.hedgerow.monitor.profile;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Brings maps of any size to 16 × 16 cells, exactly by area: a cell that lies across a border is divided. Sums are of
 * integers, in 256ths of a cell. Not thread-safe: it has buffers of its own.
 */
public final class GridPooling {
    private static final int SIDE = Grid.SIDE;

    private final long[] columns = new long[SIDE];
    private final double[] cells = new double[Grid.CELLS];
    private byte[] row = new byte[0];

    /**
     * Pools the positive values of a map.
     *
     * @param values height × width signed 8-bit values, row-major, as explanations have them; read from its position on,
     *     which stays as it is
     * @param height number of rows, at least 1
     * @param width number of columns, at least 1
     * @return the grid; a blind one if no value is positive
     * @throws IllegalArgumentException if there aren't height × width values
     */
    public Grid pool(ByteBuffer values, int height, int width) {
        if (height < 1 || width < 1 || values.remaining() != (long) height * width) {
            throw new IllegalArgumentException("a map of " + height + " x " + width + " cells has " + values.remaining()
                    + " values; its height times its width are needed");
        }
        if (row.length < width) {
            row = new byte[width];
        }
        Arrays.fill(cells, 0);
        for (int y = 0; y < height; y++) {
            values.get(values.position() + y * width, row, 0, width);
            addUp(width);
            int top = y * SIDE;
            for (int to = top / height; to < SIDE && to * height < top + SIDE; to++) {
                int overlap = Math.min(top + SIDE, (to + 1) * height) - Math.max(top, to * height);
                for (int column = 0; column < SIDE; column++) {
                    // an integer below 2^53, so that it is exact
                    cells[to * SIDE + column] += columns[column] * overlap;
                }
            }
        }
        return Grid.of(cells);
    }

    /** Sums one row into 16 columns, in sixteenths of a value. */
    private void addUp(int width) {
        for (int column = 0; column < SIDE; column++) {
            int from = column * width;
            int to = from + width;
            int first = from / SIDE;
            int last = to / SIDE;
            long sum = 0;
            for (int x = first; x < last; x++) {
                sum += positive(x);
            }
            sum = sum * SIDE - positive(first) * (from % SIDE);
            columns[column] = to % SIDE == 0 ? sum : sum + positive(last) * (to % SIDE);
        }
    }

    private long positive(int x) {
        return Math.max(row[x], 0);
    }
}
