package io.hedgerow.evaluate.metrics;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;

/**
 * A map at a picture's size: bilinear between the centres of its cells, which stay constant to its edge; nothing beyond. Only those
 * pixels are made that may have the largest value, for between cells none is larger than in them. For one thread.
 */
final class ResizedMap {
    private final SignedMap map;
    private final Axis across;
    private final Axis down;
    /** The smallest and the largest value of each row of cells. */
    private final float[] smallest;

    private final float[] largest;

    /** Takes pixels of a row, from one inclusive to another exclusive. */
    interface Visitor {
        void visit(int y, int from, int to);
    }

    ResizedMap(SignedMap map, int width, int height) {
        this.map = map;
        MapTransform toCells = map.toImage().inverse();
        across = new Axis(width, map.width());
        down = new Axis(height, map.height());
        for (int x = 0; x < width; x++) {
            across.put(x, toCells.x(x + 0.5));
        }
        for (int y = 0; y < height; y++) {
            down.put(y, toCells.y(y + 0.5));
        }
        smallest = new float[map.height()];
        largest = new float[map.height()];
        for (int row = 0; row < largest.length; row++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int column = 0; column < map.width(); column++) {
                float value = map.get(row, column);
                least = value < least ? value : least;
                most = value > most ? value : most;
            }
            smallest[row] = least;
            largest[row] = most;
        }
    }

    /** For each pixel along a side, the cell before it and how far it is to the next one. */
    private static final class Axis {
        private final int[] cell;
        private final int[] next;
        private final double[] part;
        /** For each cell the first pixel after it, and the one after the last before the next cell. */
        private final int[] start;

        private final int[] end;
        /** The first and the last pixel that is covered. */
        private int first;

        private int last = -1;

        Axis(int pixels, int cells) {
            cell = new int[pixels];
            next = new int[pixels];
            part = new double[pixels];
            start = new int[cells];
            end = new int[cells];
        }

        /** @param at where the pixel's centre is, in cells from the first one's edge; further than the pixel's before it */
        void put(int pixel, double at) {
            if (at < 0 || at > start.length) {
                return;
            }
            int before = (int) Math.floor(at - 0.5);
            int own = Math.max(0, before);
            cell[pixel] = own;
            next[pixel] = Math.min(start.length - 1, before + 1);
            part[pixel] = at - 0.5 - before;
            start[own] = end[own] == 0 ? pixel : start[own];
            end[own] = pixel + 1;
            first = last < 0 ? pixel : first;
            last = pixel;
        }
    }

    /** Visits all pixels that have the largest value; none if the map lies beside the picture. */
    void visitLargest(Visitor visitor) {
        if (down.last < 0 || across.last < 0) {
            return;
        }
        // where it may well be, so that little is left to ask for elsewhere
        int likely = down.first;
        for (int y = down.first; y <= down.last; y++) {
            likely = bound(y) > bound(likely) ? y : likely;
        }
        double most = largestOf(likely, Double.NEGATIVE_INFINITY);
        for (int y = down.first; y <= down.last; y++) {
            if (bound(y) > most) {
                most = largestOf(y, most);
            }
        }
        for (int y = down.first; y <= down.last; y++) {
            if (bound(y) >= most) {
                visit(y, most, visitor);
            }
        }
    }

    /** What no value of a picture's row exceeds. */
    private float bound(int y) {
        float one = largest[down.cell[y]];
        float other = largest[down.next[y]];
        return one > other ? one : other;
    }

    /** The larger one of a column's two cells that a picture's row lies between. */
    private float larger(int y, int column) {
        float one = map.get(down.cell[y], column);
        float other = map.get(down.next[y], column);
        return one > other ? one : other;
    }

    private double largestOf(int y, double before) {
        double most = before;
        float left = larger(y, 0);
        for (int column = 0; column < map.width(); column++) {
            float right = column + 1 < map.width() ? larger(y, column + 1) : left;
            if (left > most || right > most) {
                for (int x = across.start[column]; x < across.end[column]; x++) {
                    double value = value(x, y);
                    most = value > most ? value : most;
                }
            }
            left = right;
        }
        return most;
    }

    private void visit(int y, double wanted, Visitor visitor) {
        if (isFlat(y)) {
            visitor.visit(y, across.first, across.last + 1);
            return;
        }
        float left = larger(y, 0);
        for (int column = 0; column < map.width(); column++) {
            float right = column + 1 < map.width() ? larger(y, column + 1) : left;
            if (left >= wanted || right >= wanted) {
                for (int x = across.start[column]; x < across.end[column]; x++) {
                    if (value(x, y) == wanted) {
                        visitor.visit(y, x, x + 1);
                    }
                }
            }
            left = right;
        }
    }

    /** Whether all of a picture's row is one value: whole maps are. */
    private boolean isFlat(int y) {
        float value = largest[down.cell[y]];
        return smallest[down.cell[y]] == value && smallest[down.next[y]] == value && largest[down.next[y]] == value;
    }

    private double value(int x, int y) {
        return mixed(between(y, across.cell[x]), between(y, across.next[x]), across.part[x]);
    }

    private double between(int y, int column) {
        return mixed(map.get(down.cell[y], column), map.get(down.next[y], column), down.part[y]);
    }

    /** Exactly the one where both are equal: plateaus stay plateaus. */
    private static double mixed(double one, double other, double part) {
        return one + (other - one) * part;
    }
}
