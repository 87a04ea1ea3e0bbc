package io.hedgerow.compiler.analysis;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a classifier made of several networks: the nodes that the same reference layers are computed from. From a part
 * relevance only goes on to parts that more of them share; with one reference layer there is one part.
 */
public final class Parts {
    private final Map<String, BitSet> owners = new HashMap<>();
    private final List<List<Node>> inOrder;

    /**
     * @param references in any order
     */
    public Parts(Network network, List<TensorRef> references) {
        for (int i = 0; i < references.size(); i++) {
            for (String name : network.before(references.get(i))) {
                owners.computeIfAbsent(name, n -> new BitSet()).set(i);
            }
        }
        Map<BitSet, List<Node>> parts = new LinkedHashMap<>();
        for (int i = network.order().size() - 1; i >= 0; i--) {
            Node node = network.order().get(i);
            BitSet owner = owners.get(node.name());
            if (owner != null) {
                parts.computeIfAbsent(owner, o -> new ArrayList<>()).add(node);
            }
        }
        this.inOrder = parts.values().stream()
                .sorted(Comparator.comparingInt(part -> of(part.get(0)).cardinality()))
                .toList();
    }

    /** The nodes of each part, each before all that feed it; a part after those that relevance comes from. */
    public List<List<Node>> inOrder() {
        return inOrder;
    }

    /** Whether two nodes are of the same part. */
    public boolean areOne(Node node, TensorRef tensor) {
        BitSet owner = owners.get(tensor.node());
        return owner != null && owner.equals(owners.get(node.name()));
    }

    private BitSet of(Node node) {
        return owners.getOrDefault(node.name(), new BitSet());
    }
}
