package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.ConvolutionLayers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What lies between a sum and the point where its operands part. */
final class Branches {
    private final Network network;
    private final List<String> convolutions = new ArrayList<>();
    /** For each node the convolutions that it is computed from, by their index. */
    private final Map<String, BitSet> before = new HashMap<>();

    Branches(Network network) {
        this.network = network;
    }

    /**
     * Convolutions that one operand of a sum is computed from and not all are.
     *
     * @param sums names of nodes
     */
    Set<String> of(Set<String> sums) {
        if (sums.isEmpty()) {
            return Set.of();
        }
        BitSet branches = new BitSet();
        for (Node node : network.order()) {
            List<TensorRef> signals = network.signals(node);
            if (sums.contains(node.name())) {
                BitSet parted = union(signals);
                parted.andNot(intersection(signals));
                branches.or(parted);
            }
            note(node, signals);
        }
        return branches.stream().mapToObj(convolutions::get).collect(Collectors.toCollection(HashSet::new));
    }

    private void note(Node node, List<TensorRef> signals) {
        boolean isConvolution = ConvolutionLayers.isLayer(node, network);
        // most nodes have what their one input has, and share it
        BitSet of = signals.size() == 1 && !isConvolution ? of(signals.get(0)) : union(signals);
        if (isConvolution) {
            of.set(convolutions.size());
            convolutions.add(node.name());
        }
        before.put(node.name(), of);
    }

    private BitSet union(List<TensorRef> tensors) {
        BitSet union = new BitSet();
        tensors.forEach(tensor -> union.or(of(tensor)));
        return union;
    }

    private BitSet intersection(List<TensorRef> tensors) {
        BitSet intersection = (BitSet) of(tensors.get(0)).clone();
        tensors.forEach(tensor -> intersection.and(of(tensor)));
        return intersection;
    }

    private BitSet of(TensorRef tensor) {
        return before.getOrDefault(tensor.node(), new BitSet());
    }
}
