package io.hedgerow.compiler.analysis;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.Set;

/** Which tensors can't be negative, whatever the image: their positive part is the tensor itself. */
public final class SignAnalysis {
    private static final Set<String> NON_NEGATIVE = Set.of("Relu", "Relu6", "Sigmoid", "Softmax", "Softplus");
    private static final Set<String> OF_FIRST_INPUT = Operations.with(
            Set.of(
                    "Identity",
                    "Transpose",
                    "Pad",
                    "MirrorPad",
                    "Tile",
                    "BroadcastTo",
                    "ResizeNearestNeighbor",
                    "ResizeBilinear",
                    "ResizeArea",
                    "FakeQuantWithMinMaxVars"),
            Operations.POOLINGS,
            Operations.RESHAPES);
    private static final Set<String> OF_ALL_INPUTS =
            Operations.with(Set.of(), Operations.SUMS, Operations.CONCATENATIONS);

    private final Network network;
    private final TensorAnalysis derived;

    public SignAnalysis(Network network) {
        this.network = network;
        this.derived = new TensorAnalysis(network, this::derive);
    }

    public boolean isNonNegative(TensorRef tensor) {
        return derived.isTrueOf(tensor);
    }

    private boolean derive(Node node) {
        if (OF_FIRST_INPUT.contains(node.operation())) {
            return isNonNegative(node.input(0));
        }
        if (OF_ALL_INPUTS.contains(node.operation())) {
            return network.signals(node).size() == parts(node)
                    && network.signals(node).stream().allMatch(this::isNonNegative);
        }
        return NON_NEGATIVE.contains(node.operation());
    }

    /** Inputs that aren't an axis. */
    private static int parts(Node node) {
        return node.inputs().size() - (node.operation().startsWith("Concat") ? 1 : 0);
    }
}
