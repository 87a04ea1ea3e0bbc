package io.hedgerow.compiler.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Which axes of a graph's tensors count the same: operations keep, move, drop, merge or split the axes of what they take.
 */
final class AxisLinks {
    private static final Set<String> REDUCTIONS = Operations.REDUCTIONS;
    private static final Set<String> BROADCASTING = Operations.with(
            Set.of("Maximum", "Minimum", "Pow", "SquaredDifference", "SelectV2", "BroadcastTo"), Operations.AFFINE);
    /** What mixes axes, or takes them apart in a way that isn't followed. */
    private static final Set<String> OPAQUE =
            Set.of("MatMul", "Einsum", "ExtractImagePatches", "GatherNd", "ScatterNd", "OneHot", "Where", "Unique");

    private final Map<TensorRef, long[]> shapes;
    private final Function<TensorRef, Optional<Constant>> constants;
    private final Map<AxisRef, Set<AxisRef>> same = new HashMap<>();
    private final Map<AxisRef, Set<Merge>> merges = new HashMap<>();

    /** One axis that several are made of, row-major, or the other way round. */
    record Merge(List<AxisRef> parts, AxisRef whole) {}

    AxisLinks(Map<TensorRef, long[]> shapes, Function<TensorRef, Optional<Constant>> constants) {
        this.shapes = shapes;
        this.constants = constants;
    }

    Set<AxisRef> same(AxisRef axis) {
        return same.getOrDefault(axis, Set.of());
    }

    Set<Merge> merges(AxisRef axis) {
        return merges.getOrDefault(axis, Set.of());
    }

    /** Learns of a node, whose {@code signals} depend on the image. */
    void add(Node node, List<TensorRef> signals) {
        if (signals.isEmpty()) {
            return;
        }
        TensorRef x = signals.get(0);
        TensorRef y = node.output();
        switch (node.operation()) {
            case "Transpose" ->
                constants.apply(node.input(1)).ifPresent(order -> {
                    for (int axis = 0; axis < order.size(); axis++) {
                        link(x, order.integers()[axis], y, axis);
                    }
                });
            case "Reshape" -> reshape(x, y);
            case "Squeeze" -> drop(x, squeezed(node, x), y);
            case "ExpandDims" -> axes(node, rank(y)).ifPresent(added -> drop(y, added, x));
            case "Pack" -> signals.forEach(part -> drop(y, along(node, rank(y)), part));
            case "Unpack" -> outputs(node).forEach(part -> drop(x, along(node, rank(x)), part));
            case "StridedSlice" -> stridedSlice(node, x, y);
            case "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3" -> drop(x, Set.of(rank(x) - 1), y);
            default -> {
                if (REDUCTIONS.contains(node.operation())) {
                    Set<Integer> dropped =
                            rank(y) == rank(x) ? Set.of() : axes(node, rank(x)).orElse(Set.of());
                    drop(x, dropped, y);
                } else if (!OPAQUE.contains(node.operation())) {
                    boolean broadcasts = BROADCASTING.contains(node.operation());
                    signals.forEach(signal -> outputs(node).forEach(output -> align(signal, output, broadcasts)));
                }
            }
        }
    }

    private int rank(TensorRef tensor) {
        return shape(tensor).length;
    }

    private long[] shape(TensorRef tensor) {
        return shapes.getOrDefault(tensor, new long[0]);
    }

    private List<TensorRef> outputs(Node node) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> new TensorRef(node.name(), i))
                .takeWhile(output -> output.index() == 0 || shapes.containsKey(output))
                .toList();
    }

    private void link(TensorRef one, int axis, TensorRef other, int otherAxis) {
        if (axis >= 0 && axis < rank(one) && otherAxis >= 0 && otherAxis < rank(other)) {
            AxisRef first = new AxisRef(one, axis);
            AxisRef second = new AxisRef(other, otherAxis);
            same.computeIfAbsent(first, a -> new HashSet<>()).add(second);
            same.computeIfAbsent(second, a -> new HashSet<>()).add(first);
        }
    }

    private void merge(Merge merge) {
        merge.parts().forEach(part -> merges.computeIfAbsent(part, a -> new HashSet<>())
                .add(merge));
        merges.computeIfAbsent(merge.whole(), a -> new HashSet<>()).add(merge);
    }

    /** As broadcasting aligns them: the last with the last. */
    private void align(TensorRef x, TensorRef y, boolean broadcasts) {
        if (rank(x) != rank(y) && !broadcasts) {
            return;
        }
        for (int back = 1; back <= Math.min(rank(x), rank(y)); back++) {
            link(x, rank(x) - back, y, rank(y) - back);
        }
    }

    /** The axes of a tensor but for some are, in order, those of another. */
    private void drop(TensorRef x, Set<Integer> dropped, TensorRef y) {
        int next = 0;
        for (int axis = 0; axis < rank(x); axis++) {
            if (!dropped.contains(axis)) {
                link(x, axis, y, next++);
            }
        }
    }

    private Optional<Set<Integer>> axes(Node node, int rank) {
        return constants
                .apply(node.input(1))
                .map(axes -> Set.copyOf(Arrays.stream(axes.integers())
                        .map(axis -> Math.floorMod(axis, Math.max(1, rank)))
                        .boxed()
                        .toList()));
    }

    private static Set<Integer> along(Node node, int rank) {
        return Set.of(Math.floorMod((int) node.number("axis", 0), Math.max(1, rank)));
    }

    private Set<Integer> squeezed(Node node, TensorRef x) {
        List<Long> named = node.numbers("squeeze_dims");
        Set<Integer> squeezed = new HashSet<>();
        for (int axis = 0; axis < rank(x); axis++) {
            boolean isNamed = named.contains((long) axis) || named.contains((long) axis - rank(x));
            if (named.isEmpty() ? shape(x)[axis] == 1 : isNamed) {
                squeezed.add(axis);
            }
        }
        return squeezed;
    }

    private void stridedSlice(Node node, TensorRef x, TensorRef y) {
        int given = constants.apply(node.input(1)).map(Constant::size).orElse(0);
        int from = 0;
        int to = 0;
        for (int i = 0; i < given; i++) {
            if (bit(node, "ellipsis_mask", i)) {
                int added = Long.bitCount(node.number("new_axis_mask", 0) >> (i + 1));
                for (int left = rank(x) - from - (given - i - 1 - added); left > 0; left--) {
                    link(x, from++, y, to++);
                }
            } else if (bit(node, "new_axis_mask", i)) {
                to++;
            } else if (bit(node, "shrink_axis_mask", i)) {
                from++;
            } else {
                link(x, from++, y, to++);
            }
        }
        while (from < rank(x)) {
            link(x, from++, y, to++);
        }
    }

    private static boolean bit(Node node, String mask, int index) {
        return (node.number(mask, 0) >> index & 1) == 1;
    }

    private void reshape(TensorRef x, TensorRef y) {
        if (rank(x) > 0 && rank(y) > 0) {
            for (ReshapedAxes.Group group : ReshapedAxes.groups(shape(x), shape(y))) {
                if (group.from().size() == 1 && group.to().size() == 1) {
                    link(x, group.from().get(0), y, group.to().get(0));
                } else if (group.to().size() == 1) {
                    merge(new Merge(
                            refs(x, group.from()), new AxisRef(y, group.to().get(0))));
                } else if (group.from().size() == 1) {
                    merge(new Merge(
                            refs(y, group.to()), new AxisRef(x, group.from().get(0))));
                }
            }
        }
    }

    private static List<AxisRef> refs(TensorRef tensor, List<Integer> axes) {
        List<AxisRef> refs = new ArrayList<>();
        axes.forEach(axis -> refs.add(new AxisRef(tensor, axis)));
        return refs;
    }
}
