package io.hedgerow.compiler.geometry;

import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Crops, paddings, mirrors and whatever else picks indices along axes. */
final class Windows implements Motion {
    // RATIONALE: Why is mirrored padding placed nowhere?
    private static final Set<String> OPERATIONS = Operations.with(
            Set.of(
                    "Slice",
                    "StridedSlice",
                    "ReverseV2",
                    "Reverse",
                    "Roll",
                    "Gather",
                    "GatherV2",
                    "Tile",
                    "Split",
                    "SplitV"),
            Operations.PADDINGS);

    @Override
    public boolean covers(String operation) {
        return OPERATIONS.contains(operation);
    }

    @Override
    public List<List<PictureAxis>> outputs(Step step) {
        Node node = step.node();
        return switch (node.operation()) {
            case "Slice" -> slice(step);
            case "StridedSlice" -> new StridedWindow(step).outputs();
            case "Pad", "PadV2", "MirrorPad" -> pad(step);
            case "ReverseV2" -> reverse(step, step.axisNumbers(1, step.axes(0).size()));
            case "Reverse" -> {
                int[] flags = step.integers(1);
                yield reverse(
                        step,
                        IntStream.range(0, flags.length)
                                .filter(i -> flags[i] != 0)
                                .toArray());
            }
            case "Roll" -> roll(step);
            case "Gather", "GatherV2" -> gather(step);
            case "Tile" -> tile(step);
            case "Split" -> split(step, 1, step.axisNumbers(0, step.axes(1).size())[0]);
            default -> split(step, 0, step.axisNumbers(2, step.axes(0).size())[0]);
        };
    }

    private static List<List<PictureAxis>> slice(Step step) {
        int[] begins = step.integers(1);
        int[] counts = step.shape(0);
        List<PictureAxis> axes = step.copy(0);
        for (int i = 0; i < counts.length; i++) {
            int begin = begins[i];
            pick(axes, i, counts[i], index -> begin + index);
        }
        return List.of(axes);
    }

    /** Mirrored padding shows no more of the picture than padding with zeros does. */
    private static List<List<PictureAxis>> pad(Step step) {
        int[] paddings = step.integers(1);
        List<PictureAxis> axes = step.copy(0);
        for (int i = 0; i < axes.size(); i++) {
            int before = paddings[2 * i];
            int count = axes.get(i).count();
            pick(axes, i, before + count + paddings[2 * i + 1], index -> {
                int inside = index - before;
                return inside >= 0 && inside < count ? inside : -1;
            });
        }
        return List.of(axes);
    }

    private static List<List<PictureAxis>> reverse(Step step, int[] reversed) {
        List<PictureAxis> axes = step.copy(0);
        for (int i : reversed) {
            int count = axes.get(i).count();
            pick(axes, i, count, index -> count - 1 - index);
        }
        return List.of(axes);
    }

    private static List<List<PictureAxis>> roll(Step step) {
        List<PictureAxis> axes = step.copy(0);
        int[] shifts = step.integers(1);
        int[] rolled = step.axisNumbers(2, axes.size());
        for (int i = 0; i < rolled.length; i++) {
            int shift = shifts[i];
            int count = axes.get(rolled[i]).count();
            pick(axes, rolled[i], count, index -> Math.floorMod(index - shift, count));
        }
        return List.of(axes);
    }

    private static List<List<PictureAxis>> gather(Step step) {
        List<PictureAxis> axes = step.copy(0);
        int axis = step.node().operation().equals("Gather") ? 0 : step.axisNumbers(2, axes.size())[0];
        int rank = step.constant(1).rank();
        if (step.node().number("batch_dims", 0) != 0 || rank > 1) {
            throw step.lostWay("picks pixels in several ways");
        }
        int[] indices = step.integers(1);
        if (rank == 0) {
            axes.remove(axis);
        } else {
            pick(axes, axis, indices.length, index -> indices[index]);
        }
        return List.of(axes);
    }

    private static List<List<PictureAxis>> tile(Step step) {
        int[] multiples = step.integers(1);
        List<PictureAxis> axes = step.copy(0);
        for (int i = 0; i < multiples.length; i++) {
            if (multiples[i] > 1) {
                List<Strand> strands = new ArrayList<>(axes.get(i).strands());
                strands.add(0, Strand.blank(multiples[i]));
                axes.set(i, new PictureAxis(strands));
            }
        }
        return List.of(axes);
    }

    private static List<List<PictureAxis>> split(Step step, int input, int axis) {
        List<List<PictureAxis>> outputs = new ArrayList<>();
        int parts = (int) step.node().number("num_split", 1);
        int from = 0;
        for (int part = 0; part < parts; part++) {
            List<PictureAxis> axes = step.copy(input);
            int begin = from;
            int count = step.shape(part)[axis];
            pick(axes, axis, count, index -> begin + index);
            outputs.add(axes);
            from += count;
        }
        return outputs;
    }

    private static void pick(List<PictureAxis> axes, int axis, int count, IntUnaryOperator index) {
        boolean isWhole =
                count == axes.get(axis).count() && IntStream.range(0, count).allMatch(i -> index.applyAsInt(i) == i);
        if (!isWhole) {
            int[] indices = IntStream.range(0, count).map(index).toArray();
            axes.set(
                    axis, PictureAxis.of(axes.get(axis).strand().moved(count, positions -> positions.picked(indices))));
        }
    }
}
