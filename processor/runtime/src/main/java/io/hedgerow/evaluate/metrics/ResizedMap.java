package io.hedgerow.evaluate.metrics;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;

/**
 * A map at a picture's size: bilinear between the centres of its cells, which stay constant to its edge; nothing beyond. Only those
 * rows are made that may hold the largest value, for between two rows of cells none is larger than in them. For one thread.
 */
final class ResizedMap {
    private final SignedMap map;
    private final Axis across;
    private final Axis down;
    /** The largest value of each row of cells. */
    private final double[] largest;
    /** A row of the picture, at the map's columns. */
    private final double[] between;

    /** Takes pixels. */
    interface Visitor {
        void visit(int x, int y);
    }

    ResizedMap(SignedMap map, int width, int height) {
        this.map = map;
        across = new Axis(width, map.width());
        down = new Axis(height, map.height());
        MapTransform toCells = map.toImage().inverse();
        for (int x = 0; x < width; x++) {
            across.put(x, toCells.x(x + 0.5));
        }
        for (int y = 0; y < height; y++) {
            down.put(y, toCells.y(y + 0.5));
        }
        between = new double[map.width()];
        largest = new double[map.height()];
        for (int row = 0; row < largest.length; row++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int column = 0; column < between.length; column++) {
                most = Math.max(most, map.get(row, column));
            }
            largest[row] = most;
        }
    }

    /** For each pixel along a side, the cell before it and how far it is to the next one. */
    private static final class Axis {
        private final int[] cell;
        private final int[] next;
        private final double[] part;
        private final int cells;

        Axis(int pixels, int cells) {
            this.cell = new int[pixels];
            this.next = new int[pixels];
            this.part = new double[pixels];
            this.cells = cells;
        }

        /** @param at where the pixel's centre is, in cells from the first one's edge */
        void put(int pixel, double at) {
            int before = (int) Math.floor(at - 0.5);
            boolean isCovered = at >= 0 && at <= cells;
            cell[pixel] = isCovered ? Math.max(0, before) : -1;
            next[pixel] = Math.min(cells - 1, before + 1);
            part[pixel] = at - 0.5 - before;
        }
    }

    /** Visits all pixels that have the largest value; none if the map lies beside the picture. */
    void visitLargest(Visitor visitor) {
        double most = Double.NEGATIVE_INFINITY;
        for (int y = 0; y < down.cell.length; y++) {
            if (bound(y) > most) {
                most = Math.max(most, largestOf(y));
            }
        }
        for (int y = 0; y < down.cell.length; y++) {
            if (bound(y) >= most) {
                visit(y, most, visitor);
            }
        }
    }

    /** What no value of a picture's row exceeds. */
    private double bound(int y) {
        return down.cell[y] < 0 ? Double.NEGATIVE_INFINITY : Math.max(largest[down.cell[y]], largest[down.next[y]]);
    }

    private double largestOf(int y) {
        mix(y);
        double most = Double.NEGATIVE_INFINITY;
        for (int x = 0; x < across.cell.length; x++) {
            if (across.cell[x] >= 0) {
                most = Math.max(most, value(x));
            }
        }
        return most;
    }

    private void visit(int y, double wanted, Visitor visitor) {
        if (down.cell[y] < 0) {
            return;
        }
        mix(y);
        for (int x = 0; x < across.cell.length; x++) {
            if (across.cell[x] >= 0 && value(x) == wanted) {
                visitor.visit(x, y);
            }
        }
    }

    private void mix(int y) {
        for (int column = 0; column < between.length; column++) {
            between[column] = mixed(map.get(down.cell[y], column), map.get(down.next[y], column), down.part[y]);
        }
    }

    private double value(int x) {
        return mixed(between[across.cell[x]], between[across.next[x]], across.part[x]);
    }

    /** Exactly the one where both are equal: plateaus stay plateaus. */
    private static double mixed(double one, double other, double part) {
        return one + (other - one) * part;
    }
}
