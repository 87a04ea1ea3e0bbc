package io.hedgerow.planted;

import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import java.util.List;

/**
 * Whether evidence lies where it was planted.
 *
 * @param inside share of a map's positive relevance in the boxes together
 * @param least smallest share of one box, as a share of an even one
 */
record Verdict(double inside, double least) {
    private static final double INSIDE = 0.9;
    private static final double MOST = 0.5;
    private static final double LEAST = 0.25;

    /** Judges a map by boxes of the picture, one around each patch. */
    static Verdict of(SignedMap map, List<Box> boxes) {
        double all = 0;
        double inside = 0;
        double[] each = new double[boxes.size()];
        for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                double relevance = Math.max(0, map.get(row, column));
                double most = 0;
                for (int i = 0; i < each.length && relevance > 0; i++) {
                    double share = overlap(map.toImage(), row, column, boxes.get(i));
                    each[i] += relevance * share;
                    most = Math.max(most, share);
                }
                all += relevance;
                inside += relevance * most;
            }
        }
        double least = Double.POSITIVE_INFINITY;
        for (double share : each) {
            least = Math.min(least, share * each.length / all);
        }
        return all > 0 ? new Verdict(inside / all, least) : new Verdict(0, 0);
    }

    boolean holds() {
        return inside >= INSIDE && least >= LEAST;
    }

    boolean isMost() {
        return inside >= MOST && least >= LEAST;
    }

    /** Of a cell, the part that lies in a box. */
    private static double overlap(MapTransform toImage, int row, int column, Box box) {
        double across = overlap(toImage.x(column), toImage.x(column + 1), box.x(), box.x() + box.width());
        double down = overlap(toImage.y(row), toImage.y(row + 1), box.y(), box.y() + box.height());
        return across * down;
    }

    private static double overlap(double from, double to, double left, double right) {
        return Math.max(0, Math.min(to, right) - Math.max(from, left)) / (to - from);
    }

    @Override
    public String toString() {
        return "%.2f of the evidence inside, the least of a patch %.2f of an even share".formatted(inside, least);
    }
}
