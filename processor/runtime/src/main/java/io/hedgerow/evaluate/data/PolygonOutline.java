package io.hedgerow.evaluate.data;

import java.util.Arrays;

/** A closed line of corners, filled by the even-odd rule: a pixel belongs to it if its centre does. */
final class PolygonOutline implements Outline {
    private static final int FEWEST = 3;
    /** A row is crossed by an edge at most once; hostile polygons cross every row with every edge. */
    private static final long MOST_CROSSINGS = 50_000_000;

    private final float[] corners;

    /** Takes x, y, x, y and so on, without a copy; at least three corners are needed. */
    PolygonOutline(float[] corners) {
        this.corners = corners;
    }

    @Override
    public void paint(Mask mask) throws BadDataException {
        int count = corners.length / 2;
        if (count < FEWEST) {
            throw new BadDataException(Reason.POLYGON_BAD, "a polygon of " + count + " corners");
        }
        for (float coordinate : corners) {
            if (!Float.isFinite(coordinate)) {
                throw new BadDataException(Reason.POLYGON_BAD, "a polygon with a corner that is not finite");
            }
        }
        int[] starts = starts(mask.height());
        float[] crossings = new float[starts[mask.height()]];
        int[] next = Arrays.copyOf(starts, mask.height());
        for (int i = 0; i < count; i++) {
            cross(i, mask.height(), (y, x) -> crossings[next[y]++] = x);
        }
        int before = mask.area();
        boolean isInside = false;
        for (int y = 0; y < mask.height(); y++) {
            Arrays.sort(crossings, starts[y], starts[y + 1]);
            for (int i = starts[y]; i + 1 < starts[y + 1]; i += 2) {
                int from = (int) Math.ceil(crossings[i] - 0.5);
                int to = (int) Math.ceil(crossings[i + 1] - 0.5);
                isInside |= from < to && from < mask.width() && to > 0;
                mask.setRow(y, from, to);
            }
        }
        if (!isInside && mask.area() == before) {
            throw new BadDataException(Reason.POLYGON_BAD, "a polygon that covers no pixel of the picture");
        }
    }

    /** Where each row's crossings begin, and at the end how many there are. */
    private int[] starts(int height) throws BadDataException {
        int[] starts = new int[height + 1];
        long all = 0;
        for (int i = 0; i < corners.length / 2; i++) {
            int from = firstRow(Math.min(y(i), y(i + 1)), height);
            int to = firstRow(Math.max(y(i), y(i + 1)), height);
            all += to - from;
            if (all > MOST_CROSSINGS) {
                throw new BadDataException(
                        Reason.POLYGON_BAD, "a polygon whose edges cross rows more than " + MOST_CROSSINGS + " times");
            }
            for (int y = from; y < to; y++) {
                starts[y + 1]++;
            }
        }
        for (int y = 0; y < height; y++) {
            starts[y + 1] += starts[y];
        }
        return starts;
    }

    private interface Crossing {
        void at(int y, float x);
    }

    private void cross(int i, int height, Crossing crossing) {
        double x0 = x(i);
        double y0 = y(i);
        double slope = (x(i + 1) - x0) / (y(i + 1) - y0);
        int from = firstRow(Math.min(y0, y(i + 1)), height);
        int to = firstRow(Math.max(y0, y(i + 1)), height);
        for (int y = from; y < to; y++) {
            crossing.at(y, (float) (x0 + (y + 0.5 - y0) * slope));
        }
    }

    /** The first row whose centre lies at or below a height. */
    private static int firstRow(double y, int height) {
        return (int) Math.max(0, Math.min(height, Math.ceil(y - 0.5)));
    }

    private double x(int i) {
        return corners[2 * i % (corners.length / 2 * 2)];
    }

    private double y(int i) {
        return corners[(2 * i + 1) % (corners.length / 2 * 2)];
    }
}
