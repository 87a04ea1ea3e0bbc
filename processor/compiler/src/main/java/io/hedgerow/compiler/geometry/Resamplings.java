package io.hedgerow.compiler.geometry;

import io.hedgerow.compiler.graph.Node;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/** Resizes, and crops and turns that resample, each by its own convention of where a pixel's centre is. */
final class Resamplings implements Motion {
    private static final Set<String> OPERATIONS = Set.of(
            "ResizeBilinear",
            "ResizeBicubic",
            "ResizeNearestNeighbor",
            "ResizeArea",
            "CropAndResize",
            "ScaleAndTranslate",
            "ImageProjectiveTransformV2",
            "ImageProjectiveTransformV3");

    private static final double NONE = 1e-6;

    @Override
    public boolean covers(String operation) {
        return OPERATIONS.contains(operation);
    }

    @Override
    public List<List<PictureAxis>> outputs(Step step) {
        return List.of(
                switch (step.node().operation()) {
                    case "CropAndResize" -> crop(step);
                    case "ScaleAndTranslate" -> translate(step);
                    case "ImageProjectiveTransformV2", "ImageProjectiveTransformV3" -> transform(step);
                    default -> resize(step);
                });
    }

    private static List<PictureAxis> resize(Step step) {
        List<PictureAxis> axes = step.copy(0);
        for (int axis = 1; axis <= 2; axis++) {
            int from = axes.get(axis).count();
            int to = step.shape(0)[axis];
            boolean aligned = step.node().flag("align_corners") && to > 1;
            double scale = aligned ? (from - 1.0) / (to - 1) : (double) from / to;
            IntToDoubleFunction centre = centre(step.node(), scale, from, to);
            set(axes, axis, to, centre, scale);
        }
        return axes;
    }

    private static IntToDoubleFunction centre(Node node, double scale, int from, int to) {
        boolean halves = node.flag("half_pixel_centers");
        boolean aligned = node.flag("align_corners") && to > 1;
        if (node.operation().equals("ResizeArea")) {
            return i -> (i + 0.5) * scale;
        }
        if (!node.operation().equals("ResizeNearestNeighbor") || aligned) {
            return halves ? i -> (i + 0.5) * scale : i -> i * scale + 0.5;
        }
        // the whole pixel at or before a point: on average the point less what lies between, which for a scale of p/q
        // is one of q fractions
        int divisor = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
        double bias = divisor / 2.0 / to;
        if (halves) {
            return from / divisor % 2 == 0 ? i -> (i + 0.5) * scale + bias : i -> (i + 0.5) * scale;
        }
        return i -> i * scale + bias;
    }

    private static List<PictureAxis> crop(Step step) {
        float[] boxes = step.numbers(1);
        int[] images = step.integers(2);
        List<PictureAxis> axes = step.copy(0);
        boolean oneEach = images.length == axes.get(0).count();
        for (int i = 0; i < images.length; i++) {
            oneEach &= images[i] == i && Arrays.equals(boxes, 4 * i, 4 * i + 4, boxes, 0, 4);
        }
        if (!oneEach) {
            throw step.lostWay("crops each picture differently, or several times");
        }
        for (int axis = 1; axis <= 2; axis++) {
            int from = axes.get(axis).count();
            int to = step.shape(0)[axis];
            double first = boxes[axis - 1] * (from - 1.0);
            double last = boxes[axis + 1] * (from - 1.0);
            double scale = to > 1 ? (last - first) / (to - 1) : last - first;
            double start = to > 1 ? first : (first + last) / 2;
            set(axes, axis, to, inside(i -> start + i * scale + 0.5, from, 0.5), scale);
        }
        return axes;
    }

    private static List<PictureAxis> translate(Step step) {
        float[] scales = step.numbers(2);
        float[] shifts = step.numbers(3);
        List<PictureAxis> axes = step.copy(0);
        for (int axis = 1; axis <= 2; axis++) {
            double scale = 1.0 / scales[axis - 1];
            double shift = shifts[axis - 1];
            int from = axes.get(axis).count();
            set(axes, axis, step.shape(0)[axis], inside(i -> (i + 0.5 - shift) * scale, from, 0), scale);
        }
        return axes;
    }

    private static List<PictureAxis> transform(Step step) {
        float[] all = step.numbers(1);
        for (int i = 8; i < all.length; i++) {
            if (all[i] != all[i % 8]) {
                throw step.lostWay("turns each picture differently");
            }
        }
        boolean straight = isNone(all[1]) && isNone(all[3]);
        boolean turned = isNone(all[0]) && isNone(all[4]);
        if (!(straight || turned) || !isNone(all[6]) || !isNone(all[7])) {
            throw step.lostWay("warps the picture, or turns it by other than right angles");
        }
        List<PictureAxis> axes = step.copy(0);
        PictureAxis rows = axes.get(1);
        PictureAxis columns = axes.get(2);
        int height = step.shape(0)[1];
        int width = step.shape(0)[2];
        // whatever the outside is filled with, it is padding
        set(axes, 1, straight ? rows : columns, height, all[straight ? 4 : 1], all[straight ? 5 : 2]);
        set(axes, 2, straight ? columns : rows, width, all[straight ? 0 : 3], all[straight ? 2 : 5]);
        return axes;
    }

    private static void set(List<PictureAxis> axes, int axis, PictureAxis from, int count, double scale, double shift) {
        IntToDoubleFunction centre = inside(i -> i * scale + shift + 0.5, from.count(), 0);
        axes.set(axis, from);
        set(axes, axis, count, centre, scale);
    }

    /** Nothing where a centre lies outside, or nearer to the edge than {@code margin}. */
    private static IntToDoubleFunction inside(IntToDoubleFunction centre, int count, double margin) {
        return i -> {
            double at = centre.applyAsDouble(i);
            return at < margin - NONE || at > count - margin + NONE ? Double.NaN : at;
        };
    }

    private static boolean isNone(float value) {
        return Math.abs(value) < NONE;
    }

    private static void set(List<PictureAxis> axes, int axis, int count, IntToDoubleFunction centre, double scale) {
        Strand strand = axes.get(axis).strand();
        axes.set(
                axis,
                PictureAxis.of(strand.moved(count, positions -> positions.resampled(count, centre, Math.abs(scale)))));
    }
}
