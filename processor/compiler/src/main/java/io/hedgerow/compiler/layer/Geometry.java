package io.hedgerow.compiler.layer;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * How a kernel is laid on an image.
 *
 * @param strides of N, H, W and C; 1 for images and channels
 * @param dilations the same
 * @param padding SAME, VALID or EXPLICIT
 * @param explicitPaddings before and after each of N, H, W and C; empty unless EXPLICIT
 */
record Geometry(List<Long> strides, List<Long> dilations, String padding, List<Long> explicitPaddings) {

    /**
     * A convolution's own, with the padding of a Pad before it in place of none.
     *
     * @throws ModelRefusedException if it steps over images or channels
     */
    static Geometry of(Node convolution, Paddings pad) {
        List<Long> strides = steps(convolution, "strides");
        List<Long> dilations = steps(convolution, "dilations");
        return pad.isNone()
                ? new Geometry(
                        strides,
                        dilations,
                        convolution.text("padding", "VALID"),
                        convolution.numbers("explicit_paddings"))
                : explicit(
                        strides,
                        dilations,
                        List.of((long) pad.top(), (long) pad.bottom()),
                        List.of((long) pad.left(), (long) pad.right()));
    }

    private static Geometry explicit(List<Long> strides, List<Long> dilations, List<Long> rows, List<Long> columns) {
        List<Long> paddings = new ArrayList<>(List.of(0L, 0L));
        paddings.addAll(rows);
        paddings.addAll(columns);
        paddings.addAll(List.of(0L, 0L));
        return paddings.stream().allMatch(size -> size == 0)
                ? new Geometry(strides, dilations, "VALID", List.of())
                : new Geometry(strides, dilations, "EXPLICIT", paddings);
    }

    private static List<Long> steps(Node convolution, String attribute) {
        List<Long> steps = convolution.has(attribute) ? convolution.numbers(attribute) : List.of(1L, 1L, 1L, 1L);
        if (steps.size() != 4 || steps.get(0) != 1 || steps.get(3) != 1) {
            throw new ModelRefusedException(
                    "%s has %s of %s: over images and channels they must be 1, so save the model without"
                            .formatted(convolution, attribute, steps));
        }
        return steps;
    }

    /** Pixels that a step on both axes passes. */
    long stride() {
        return strides.get(1) * strides.get(2);
    }

    /** Whether an ordinary convolution can be the transpose: it has stride 1, and pads no more than the kernel reaches. */
    boolean isTransposedByRotation(long[] kernel) {
        return strides.stream().allMatch(stride -> stride == 1)
                && around(1, kernel).stream().allMatch(size -> size >= 0)
                && around(2, kernel).stream().allMatch(size -> size >= 0);
    }

    boolean isExplicit() {
        return padding.equals("EXPLICIT");
    }

    /** Of the same convolution, of an input that is padded already. */
    Geometry ofPadded() {
        return new Geometry(strides, dilations, "VALID", List.of());
    }

    /** How much larger than its input what is explicitly padded is, on each axis. */
    int[] padded() {
        return new int[] {0, explicit(2) + explicit(3), explicit(4) + explicit(5), 0};
    }

    /** Where in what is explicitly padded its input begins. */
    int[] corner() {
        return new int[] {0, explicit(2), explicit(4), 0};
    }

    private int explicit(int index) {
        return Math.toIntExact(explicitPaddings.get(index));
    }

    /** Of the ordinary convolution with the rotated kernel that is the transpose. */
    Geometry ofRotated(long[] kernel) {
        return explicit(strides, dilations, around(1, kernel), around(2, kernel));
    }

    /** What the transpose pads before and after on an axis: what of the kernel's reach the convolution doesn't. */
    private List<Long> around(int axis, long[] kernel) {
        long reach = dilations.get(axis) * (kernel[axis - 1] - 1);
        return switch (padding) {
            case "SAME" -> List.of(reach - reach / 2, reach / 2);
            case "EXPLICIT" ->
                List.of(reach - explicitPaddings.get(2 * axis), reach - explicitPaddings.get(2 * axis + 1));
            default -> List.of(reach, reach);
        };
    }
}
