package io.hedgerow.compiler.geometry;

import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Operations that make other axes of a tensor's axes, or put several tensors together. */
final class Rearrangements implements Motion {
    private static final Set<String> OPERATIONS = Operations.with(
            Set.of("Transpose", "ConjugateTranspose", "Pack", "Unpack", "SpaceToDepth", "DepthToSpace"),
            Operations.CONCATENATIONS,
            Operations.RESHAPES);

    @Override
    public boolean covers(String operation) {
        return OPERATIONS.contains(operation);
    }

    @Override
    public List<List<PictureAxis>> outputs(Step step) {
        Node node = step.node();
        return switch (node.operation()) {
            case "Reshape", "ExpandDims", "Squeeze" -> List.of(reshaped(step));
            case "Transpose", "ConjugateTranspose" -> {
                List<PictureAxis> axes = step.axes(0);
                yield List.of(IntStream.of(step.axisNumbers(1, axes.size()))
                        .mapToObj(axes::get)
                        .toList());
            }
            case "Pack" -> List.of(packed(step));
            case "Unpack" -> {
                List<PictureAxis> axes = step.copy(0);
                axes.remove(Math.floorMod((int) node.number("axis", 0), axes.size()));
                yield Collections.nCopies((int) node.number("num", 1), axes);
            }
            case "Concat" -> List.of(concatenated(step, 0, 1));
            case "ConcatV2" -> List.of(concatenated(step, node.inputs().size() - 1, 0));
            default -> List.of(spaceAndDepth(step));
        };
    }

    /** Sizes are met strand by strand, and a strand that is too long for one is parted. */
    private static List<PictureAxis> reshaped(Step step) {
        Deque<Strand> open = new ArrayDeque<>();
        step.axes(0).forEach(axis -> open.addAll(axis.strands()));
        List<PictureAxis> axes = new ArrayList<>();
        for (int size : step.shape(0)) {
            List<Strand> strands = new ArrayList<>();
            int missing = size;
            while (missing > 1 || (strands.isEmpty() && isOne(open.peek()))) {
                Strand next = open.pollFirst();
                if (next == null || (missing % next.count() != 0 && next.count() % missing != 0)) {
                    throw step.lostWay("cuts rows or columns at other places than their ends");
                }
                if (missing % next.count() == 0) {
                    strands.add(next);
                    missing /= next.count();
                } else {
                    int inner = next.count() / missing;
                    strands.add(next.moved(missing, positions -> positions.blocks(inner)));
                    open.addFirst(Strand.lost(inner, "%s, which cuts rows or columns apart".formatted(step.node())));
                    missing = 1;
                }
            }
            axes.add(strands.isEmpty() ? PictureAxis.blank(1) : new PictureAxis(strands));
        }
        return axes;
    }

    private static boolean isOne(@Nullable Strand strand) {
        return strand != null && strand.count() == 1;
    }

    private static List<PictureAxis> packed(Step step) {
        List<PictureAxis> axes = new ArrayList<>(step.axes(0));
        for (int input = 1; input < step.node().inputs().size(); input++) {
            for (int i = 0; i < axes.size(); i++) {
                axes.set(i, Overlay.of(axes.get(i), step.axes(input).get(i), step));
            }
        }
        int axis = Math.floorMod((int) step.node().number("axis", 0), axes.size() + 1);
        axes.add(axis, PictureAxis.blank(step.node().inputs().size()));
        return axes;
    }

    private static List<PictureAxis> concatenated(Step step, int where, int first) {
        int parts = step.node().inputs().size() - 1;
        int axis = step.axisNumbers(where, step.axes(first).size())[0];
        List<PictureAxis> axes = step.copy(first);
        for (int input = first + 1; input < first + parts; input++) {
            List<PictureAxis> next = step.axes(input);
            for (int i = 0; i < axes.size(); i++) {
                axes.set(
                        i,
                        i == axis
                                ? followed(axes.get(i), next.get(i), step)
                                : Overlay.of(axes.get(i), next.get(i), step));
            }
        }
        return axes;
    }

    /** Strands one after the other; what shows nothing is padding. */
    private static PictureAxis followed(PictureAxis axis, PictureAxis next, Step step) {
        Strand first = axis.strand();
        Strand second = next.strand();
        int count = first.count() + second.count();
        Positions before = first.positions();
        Positions after = second.positions();
        if (before == null && after == null) {
            return PictureAxis.of(new Strand(count, null, first.lost() == null ? second.lost() : first.lost()));
        }
        if (before == null || after == null) {
            int from = before == null ? first.count() : 0;
            Strand shown = before == null ? second : first;
            int[] indices = IntStream.range(0, count)
                    .map(i -> i >= from && i < from + shown.count() ? i - from : -1)
                    .toArray();
            return PictureAxis.of(shown.moved(count, positions -> positions.picked(indices)));
        }
        Optional<Positions> joined = before.followed(after);
        return PictureAxis.of(joined.map(Strand::of)
                .orElseGet(() -> Strand.lost(
                        count, "%s, which puts parts of different scales side by side".formatted(step.node()))));
    }

    private static List<PictureAxis> spaceAndDepth(Step step) {
        boolean toDepth = step.node().operation().equals("SpaceToDepth");
        int block = (int) step.node().number("block_size", 2);
        boolean channelsFirst = step.node().text("data_format", "NHWC").equals("NCHW");
        int[] shape = step.shape(0);
        List<PictureAxis> axes = step.copy(0);
        for (int i = 1; i < axes.size(); i++) {
            boolean isChannel = i == (channelsFirst ? 1 : 3);
            Strand strand = axes.get(i).strand();
            axes.set(
                    i,
                    isChannel
                            ? PictureAxis.blank(shape[i])
                            : PictureAxis.of(strand.moved(
                                    shape[i],
                                    positions -> toDepth ? positions.blocks(block) : positions.divided(block))));
        }
        return axes;
    }
}
