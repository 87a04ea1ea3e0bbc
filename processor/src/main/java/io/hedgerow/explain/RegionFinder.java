package io.hedgerow.explain;

import io.hedgerow.image.Box;
import io.hedgerow.image.SignedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds the regions of one sign in a smoothed map, once. */
final class RegionFinder {
    private static final double PART = 0.5;
    private static final int MOST = 5;
    private static final int BUCKETS = 1 << 12;

    private final SignedMap map;
    private final float[] relevance;
    private final boolean[] chosen;
    private final int[] stack;
    private double total;

    /** @param sign 1 for evidence, −1 for suppressors */
    RegionFinder(SignedMap map, int sign) {
        this.map = map;
        this.relevance = new float[map.size()];
        for (int cell = 0; cell < relevance.length; cell++) {
            relevance[cell] = Math.max(0, sign * map.get(cell));
        }
        this.chosen = new boolean[map.size()];
        this.stack = new int[map.size()];
    }

    List<Region> find(int imageWidth, int imageHeight) {
        chooseCells();
        List<Component> components = new ArrayList<>();
        for (int cell = 0; cell < chosen.length; cell++) {
            if (chosen[cell]) {
                components.add(componentAt(cell));
            }
        }
        return components.stream()
                // stable: of equal ones the first in row-major order
                .sorted(Comparator.comparingDouble((Component c) -> -c.sum))
                .limit(MOST)
                .map(c -> new Region(map.toImage().project(c.box(), imageWidth, imageHeight), (float) (c.sum / total)))
                .toList();
    }

    /** The fewest cells that hold the part; of equal ones the first in row-major order. */
    private void chooseCells() {
        double[] sums = new double[BUCKETS];
        for (float value : relevance) {
            sums[bucket(value)] += value;
            total += value;
        }
        if (!(total > 0)) {
            return;
        }
        int bucket = BUCKETS - 1;
        double held = 0;
        while (bucket > 0 && held + sums[bucket] < PART * total) {
            held += sums[bucket--];
        }
        chooseDownTo(bucket, held);
    }

    /** Of the last bucket that is needed, and of no other, the order matters. */
    private void chooseDownTo(int last, double heldAbove) {
        float[] members = new float[relevance.length];
        int size = 0;
        for (int cell = 0; cell < relevance.length; cell++) {
            int bucket = bucket(relevance[cell]);
            chosen[cell] = bucket > last;
            if (bucket == last) {
                members[size++] = relevance[cell];
            }
        }
        Arrays.sort(members, 0, size);
        int least = size;
        for (double held = heldAbove; held < PART * total && least > 0; ) {
            held += members[--least];
        }
        if (least == size) {
            return;
        }
        float threshold = members[least];
        int above = least;
        while (above < size && members[above] == threshold) {
            above++;
        }
        int equals = above - least;
        for (int cell = 0; cell < relevance.length; cell++) {
            float value = relevance[cell];
            if (bucket(value) == last) {
                chosen[cell] = value > threshold || (value == threshold && equals-- > 0);
            }
        }
    }

    /** Sorts into 4,096 classes without comparing: the bits of floats that are not negative are ordered as they are. */
    private static int bucket(float value) {
        return Float.floatToRawIntBits(value) >>> 19;
    }

    /** Takes a cell, and all that hang together with it, from the chosen ones. */
    private Component componentAt(int start) {
        Component component = new Component(start / map.width(), start % map.width());
        int depth = 0;
        stack[depth++] = start;
        chosen[start] = false;
        while (depth > 0) {
            int cell = stack[--depth];
            int row = cell / map.width();
            int column = cell % map.width();
            component.add(row, column, relevance[cell]);
            for (int y = Math.max(0, row - 1); y <= Math.min(map.height() - 1, row + 1); y++) {
                for (int x = Math.max(0, column - 1); x <= Math.min(map.width() - 1, column + 1); x++) {
                    int neighbour = y * map.width() + x;
                    if (chosen[neighbour]) {
                        chosen[neighbour] = false;
                        stack[depth++] = neighbour;
                    }
                }
            }
        }
        return component;
    }

    private static final class Component {
        private int top;
        private int bottom;
        private int left;
        private int right;
        private double sum;

        Component(int row, int column) {
            top = bottom = row;
            left = right = column;
        }

        void add(int row, int column, float relevance) {
            top = Math.min(top, row);
            bottom = Math.max(bottom, row);
            left = Math.min(left, column);
            right = Math.max(right, column);
            sum += relevance;
        }

        Box box() {
            return new Box(left, top, right - left + 1, bottom - top + 1);
        }
    }
}
