package io.hedgerow.compiler.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which axes of a tensor are, taken together, which of what it is reshaped to. */
final class ReshapedAxes {
    private final long[] from;
    private final long[] to;
    private final List<Group> groups = new ArrayList<>();

    /** Axes that hold the same entries in the same order, none of them of size 1. */
    record Group(List<Integer> from, List<Integer> to) {}

    private ReshapedAxes(long[] from, long[] to) {
        this.from = from;
        this.to = to;
    }

    /** The groups that can be told; sizes are −1 where unknown, as that of the batch usually is. */
    static List<Group> groups(long[] from, long[] to) {
        ReshapedAxes reshaped = new ReshapedAxes(from, to);
        reshaped.find();
        return reshaped.groups;
    }

    private void find() {
        int start = 0;
        boolean sameUnknown = unknown(from) == unknown(to);
        while (start < Math.min(from.length, to.length) && matches(start, start, sameUnknown)) {
            add(start, start++);
        }
        int ends = 0;
        while (ends < Math.min(from.length, to.length) - start
                && matches(from.length - 1 - ends, to.length - 1 - ends, sameUnknown)) {
            add(from.length - 1 - ends, to.length - 1 - ends++);
        }
        between(wide(from, start, from.length - ends), wide(to, start, to.length - ends));
    }

    private boolean matches(int axis, int other, boolean sameUnknown) {
        if (from[axis] != to[other]) {
            return false;
        }
        return from[axis] >= 0 || (sameUnknown && (axis > 0 || restIsSame()));
    }

    /** Whether what is unknown of the first axis can be the same: all else together is. */
    private boolean restIsSame() {
        long[] one = Arrays.copyOfRange(from, 1, from.length);
        long[] other = Arrays.copyOfRange(to, 1, to.length);
        return unknown(one) + unknown(other) > 0 || product(one) == product(other);
    }

    private void between(List<Integer> ins, List<Integer> outs) {
        if (ins.isEmpty() || outs.isEmpty()) {
            return;
        }
        if (ins.size() == 1 || outs.size() == 1) {
            groups.add(new Group(ins, outs));
            return;
        }
        int i = 0;
        int j = 0;
        while (i < ins.size() && j < outs.size()) {
            int firstIn = i;
            int firstOut = j;
            long in = from[ins.get(i++)];
            long out = to[outs.get(j++)];
            while (in != out && in > 0 && out > 0 && (in < out ? i < ins.size() : j < outs.size())) {
                if (in < out) {
                    in *= from[ins.get(i++)];
                } else {
                    out *= to[outs.get(j++)];
                }
            }
            if (in != out || in < 0) {
                return;
            }
            groups.add(new Group(ins.subList(firstIn, i), outs.subList(firstOut, j)));
        }
    }

    private void add(int axis, int other) {
        groups.add(new Group(List.of(axis), List.of(other)));
    }

    private static List<Integer> wide(long[] shape, int start, int end) {
        List<Integer> wide = new ArrayList<>();
        for (int axis = start; axis < end; axis++) {
            if (shape[axis] != 1) {
                wide.add(axis);
            }
        }
        return wide;
    }

    private static long unknown(long[] shape) {
        return Arrays.stream(shape).filter(size -> size < 0).count();
    }

    private static long product(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
}
