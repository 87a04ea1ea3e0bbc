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

    private final SignedMap map;
    private final int sign;
    private final boolean[] chosen;
    private final int[] stack;
    private double total;

    /** @param sign 1 for evidence, −1 for suppressors */
    RegionFinder(SignedMap map, int sign) {
        this.map = map;
        this.sign = sign;
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

    private float relevance(int cell) {
        return Math.max(0, sign * map.get(cell));
    }

    /** The fewest cells that hold the part; of equal ones the first in row-major order. */
    private void chooseCells() {
        float[] sorted = new float[map.size()];
        for (int cell = 0; cell < sorted.length; cell++) {
            sorted[cell] = relevance(cell);
            total += sorted[cell];
        }
        Arrays.sort(sorted);
        int count = 0;
        for (double held = 0; held < PART * total && count < sorted.length; count++) {
            held += sorted[sorted.length - 1 - count];
        }
        if (count == 0) {
            return;
        }
        float least = sorted[sorted.length - count];
        int above = count;
        while (above > 0 && sorted[sorted.length - above] == least) {
            above--;
        }
        int equals = count - above;
        for (int cell = 0; cell < chosen.length; cell++) {
            float relevance = relevance(cell);
            chosen[cell] = relevance > least || (relevance == least && equals-- > 0);
        }
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
            component.add(row, column, relevance(cell));
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
