package io.hedgerow.evaluate.metrics;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import java.util.function.IntToDoubleFunction;

/**
 * A map at a picture's size: bilinear between the centres of its cells, which stay constant to its edge; nothing beyond. Only those
 * pixels are made that may have the largest value, for between cells none is larger than in them. For one thread.
 */
final class ResizedMap {
    private final SignedMap map;
    private final Axis across;
    private final Axis down;

    /** Takes pixels of a row, from one inclusive to another exclusive. */
    interface Visitor {
        void visit(int y, int from, int to);
    }

    ResizedMap(SignedMap map, int width, int height) {
        this.map = map;
        MapTransform toCells = map.toImage().inverse();
        across = new Axis(map.width(), width, x -> toCells.x(x + 0.5));
        down = new Axis(map.height(), height, y -> toCells.y(y + 0.5));
    }

    /** For each pixel along a side, the cell before it and how far it is to the next one. */
    private static final class Axis {
        private final int[] cell;
        private final int[] next;
        private final double[] part;
        /** For each cell the first pixel that it takes part in, and the one after the last. */
        private final int[] from;

        private final int[] to;
        /** The first pixel that is covered, and the one after the last. */
        private int first;

        private int end;

        /** @param at where a pixel's centre is, in cells from the first one's edge, ascending */
        Axis(int cells, int pixels, IntToDoubleFunction at) {
            cell = new int[pixels];
            next = new int[pixels];
            part = new double[pixels];
            from = new int[cells];
            to = new int[cells];
            for (int pixel = 0; pixel < pixels; pixel++) {
                double place = at.applyAsDouble(pixel);
                if (place >= 0 && place <= cells) {
                    first = end == 0 ? pixel : first;
                    end = pixel + 1;
                    put(pixel, place - 0.5, cells - 1);
                }
            }
        }

        private void put(int pixel, double place, int last) {
            int before = (int) Math.floor(place);
            cell[pixel] = Math.max(0, before);
            next[pixel] = Math.min(last, before + 1);
            part[pixel] = place - before;
            takePart(cell[pixel], pixel);
            takePart(next[pixel], pixel);
        }

        private void takePart(int which, int pixel) {
            from[which] = to[which] == 0 ? pixel : from[which];
            to[which] = pixel + 1;
        }
    }

    /** Visits all pixels that have the largest value; none if the map lies beside the picture. */
    void visitLargest(Visitor visitor) {
        int likely = 0;
        boolean isFlat = true;
        for (int cell = 1; cell < map.size(); cell++) {
            isFlat &= map.get(cell) == map.get(0);
            likely = map.get(cell) > map.get(likely) ? cell : likely;
        }
        if (isFlat) {
            for (int y = down.first; y < down.end; y++) {
                visitor.visit(y, across.first, across.end);
            }
            return;
        }
        double most = largestAround(likely, Double.NEGATIVE_INFINITY);
        for (int cell = 0; cell < map.size(); cell++) {
            if (map.get(cell) > most) {
                most = largestAround(cell, most);
            }
        }
        for (int cell = 0; cell < map.size(); cell++) {
            if (map.get(cell) >= most) {
                visitAround(cell, most, visitor);
            }
        }
    }

    private double largestAround(int cell, double before) {
        double most = before;
        int row = cell / map.width();
        int column = cell % map.width();
        for (int y = down.from[row]; y < down.to[row]; y++) {
            for (int x = across.from[column]; x < across.to[column]; x++) {
                double value = value(x, y);
                most = value > most ? value : most;
            }
        }
        return most;
    }

    private void visitAround(int cell, double wanted, Visitor visitor) {
        int row = cell / map.width();
        int column = cell % map.width();
        for (int y = down.from[row]; y < down.to[row]; y++) {
            for (int x = across.from[column]; x < across.to[column]; x++) {
                if (value(x, y) == wanted && owner(x, y, wanted) == cell) {
                    visitor.visit(y, x, x + 1);
                }
            }
        }
    }

    /** Of a pixel's four cells the first that is as large as it: a pixel is visited once. */
    private int owner(int x, int y, double wanted) {
        int above = down.cell[y] * map.width();
        int below = down.next[y] * map.width();
        if (map.get(above + across.cell[x]) >= wanted) {
            return above + across.cell[x];
        }
        if (map.get(above + across.next[x]) >= wanted) {
            return above + across.next[x];
        }
        return map.get(below + across.cell[x]) >= wanted ? below + across.cell[x] : below + across.next[x];
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
