package io.hedgerow.compiler.geometry;

import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One operation before the first layer, for pictures of one size.
 *
 * @param network in which all shapes are known
 * @param known the axes of what comes before it and depends on the picture
 */
record Step(Node node, Network network, Map<TensorRef, List<PictureAxis>> known) {
    /** The axes of an input; those of a constant show nothing. */
    List<PictureAxis> axes(int input) {
        List<PictureAxis> axes = known.get(node.input(input));
        return axes == null ? blank(node.input(input)) : axes;
    }

    /** Those of an input, to be changed. */
    List<PictureAxis> copy(int input) {
        return new ArrayList<>(axes(input));
    }

    boolean showsPicture(int input) {
        return known.containsKey(node.input(input));
    }

    /** The sizes of an output. */
    int[] shape(int output) {
        return shape(new TensorRef(node.name(), output));
    }

    int[] integers(int input) {
        return constant(input).integers();
    }

    float[] numbers(int input) {
        return constant(input).values();
    }

    /** An input's axes, counted from the front. */
    int[] axisNumbers(int input, int rank) {
        return Arrays.stream(integers(input))
                .map(axis -> Math.floorMod(axis, rank))
                .toArray();
    }

    Constant constant(int input) {
        return network.constant(node.input(input))
                .orElseThrow(
                        () -> new LostException("%s, which does with each picture something else".formatted(node)));
    }

    /** All outputs of the node with axes that mean nothing any more. */
    List<List<PictureAxis>> lost(String reason) {
        List<List<PictureAxis>> outputs = new ArrayList<>();
        for (int port = 0; network.rank(new TensorRef(node.name(), port)) >= 0; port++) {
            outputs.add(Arrays.stream(
                            network.shape(new TensorRef(node.name(), port)).orElseThrow())
                    .mapToObj(count -> PictureAxis.of(Strand.lost((int) Math.max(1, count), reason)))
                    .toList());
        }
        return outputs;
    }

    LostException lostWay(String what) {
        return new LostException("%s, which %s".formatted(node, what));
    }

    private List<PictureAxis> blank(TensorRef tensor) {
        return IntStream.of(shape(tensor)).mapToObj(PictureAxis::blank).toList();
    }

    private int[] shape(TensorRef tensor) {
        long[] shape = network.shape(tensor).orElse(new long[] {-1});
        if (Arrays.stream(shape).anyMatch(count -> count < 0)) {
            throw lostWay("gives what depends on the picture more than its size");
        }
        return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    }
}
