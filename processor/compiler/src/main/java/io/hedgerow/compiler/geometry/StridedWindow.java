package io.hedgerow.compiler.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A slice with strides, as NumPy and Python write them. */
final class StridedWindow {
    private final Step step;
    private final int[] begins;
    private final int[] ends;
    private final int[] strides;
    private final List<PictureAxis> axes;
    private final List<PictureAxis> taken = new ArrayList<>();

    StridedWindow(Step step) {
        this.step = step;
        this.begins = step.integers(1);
        this.ends = step.integers(2);
        this.strides = step.integers(3);
        this.axes = step.axes(0);
    }

    List<List<PictureAxis>> outputs() {
        int added = Long.bitCount(mask("new_axis_mask") & ~mask("ellipsis_mask") & ((1L << begins.length) - 1));
        int ellipses = mask("ellipsis_mask") == 0 ? 0 : 1;
        int axis = 0;
        for (int i = 0; i < begins.length; i++) {
            if (isSet("ellipsis_mask", i)) {
                int whole = axes.size() - (begins.length - ellipses - added);
                taken.addAll(axes.subList(axis, axis + whole));
                axis += whole;
            } else if (isSet("new_axis_mask", i)) {
                taken.add(PictureAxis.blank(1));
            } else if (isSet("shrink_axis_mask", i)) {
                axis++;
            } else {
                taken.add(strided(axes.get(axis++), i));
            }
        }
        taken.addAll(axes.subList(axis, axes.size()));
        return List.of(taken);
    }

    private PictureAxis strided(PictureAxis axis, int i) {
        int count = axis.count();
        int stride = strides[i];
        int first = isSet("begin_mask", i) ? stride > 0 ? 0 : count - 1 : clamped(begins[i], count, stride);
        int end = isSet("end_mask", i) ? stride > 0 ? count : -1 : clamped(ends[i], count, stride);
        int[] indices = stride > 0
                ? IntStream.iterate(first, at -> at < end, at -> at + stride).toArray()
                : IntStream.iterate(first, at -> at > end, at -> at + stride).toArray();
        boolean isWhole = indices.length == count && stride == 1;
        return isWhole
                ? axis
                : PictureAxis.of(
                        axis.strand().moved(indices.length, positions -> positions.picked(indices, Math.abs(stride))));
    }

    private static int clamped(int index, int count, int stride) {
        int counted = index < 0 ? index + count : index;
        return stride > 0 ? Math.max(0, Math.min(count, counted)) : Math.max(-1, Math.min(count - 1, counted));
    }

    private boolean isSet(String mask, int i) {
        return (mask(mask) >> i & 1) == 1;
    }

    private long mask(String name) {
        return step.node().number(name, 0);
    }
}
