package io.hedgerow.compiler.method;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Where images' rows run in layer normalisations as Keras 2 writes them: a batch normalisation of 1 × rows × entries × 1, in which
 * each row is a channel, and goes by its own mean and variance.
 */
final class NormalisedRows {
    private static final int WORKSPACE = 5;

    private final Map<TensorRef, Integer> axes = new HashMap<>();
    private final Set<TensorRef> workspaces = new HashSet<>();

    NormalisedRows(Network network) {
        network.nodes().stream().filter(node -> isOfRows(node, network)).forEach(node -> {
            axes.put(node.input(0), 1);
            axes.put(node.output(), 1);
            axes.put(node.input(1), 0);
            axes.put(node.input(2), 0);
            // mean and variance of each row, once more as the gradient takes them
            for (int output = 1; output < WORKSPACE; output++) {
                axes.put(new TensorRef(node.name(), output), 0);
            }
            workspaces.add(new TensorRef(node.name(), WORKSPACE));
        });
    }

    private static boolean isOfRows(Node node, Network network) {
        Optional<long[]> shape = Operations.isNormalisation(node) && !Operations.isByStoredStatistics(node)
                ? network.shape(node.input(0))
                : Optional.empty();
        return node.text("data_format", "NHWC").equals("NCHW")
                && shape.filter(sizes -> sizes.length == 4
                                && sizes[0] == 1
                                && sizes[1] < 0
                                && Arrays.stream(sizes).skip(2).allMatch(size -> size > 0))
                        .isPresent();
    }

    /** The axis along which images' rows lie one after the other; empty if the tensor is of no such normalisation. */
    OptionalInt axis(TensorRef tensor) {
        Integer axis = axes.get(tensor);
        return axis == null ? OptionalInt.empty() : OptionalInt.of(axis);
    }

    /** Whether a tensor holds nothing of any image, but what a normalisation's gradient is computed in. */
    boolean isWorkspace(TensorRef tensor) {
        return workspaces.contains(tensor);
    }
}
