package io.hedgerow.compiler.method;

import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/**
 * The head once more, fed with each image's reference layer once for every class explained, so that one gradient serves
 * all of them. It is cheap: everything below the reference layer runs once.
 */
final class HeadCopy {
    // RATIONALE: Why is the head in the graph twice?
    private static final String PREFIX = "hedgerow/head/";

    private final Network network;
    private final Set<String> copied = new HashSet<>();
    private final Map<TensorRef, String> entries = new LinkedHashMap<>();
    private final TensorRef scores;

    HeadCopy(Network network, Head head) {
        this.network = network;
        Set<TensorRef> references = new LinkedHashSet<>(head.features());
        Set<String> after = new HashSet<>();
        for (Node node : network.order()) {
            if (node.inputs().stream().anyMatch(in -> references.contains(in) || after.contains(in.node()))) {
                after.add(node.name());
            }
        }
        if (!references.contains(head.scores())) {
            collect(head.scores().node(), after, references);
        }
        references.forEach(this::enter);
        for (String name : copied) {
            for (TensorRef input : network.node(name).inputs()) {
                if (network.dependsOnImage(input) && !copied.contains(input.node())) {
                    enter(input);
                }
            }
        }
        this.scores = of(head.scores());
    }

    /** The tensors that cross into the head, and the names under which their repeated copies are to be made. */
    Map<TensorRef, String> entries() {
        return entries;
    }

    TensorRef scores() {
        return scores;
    }

    /** The nodes of the classifier that the head has, each after all that feed it. */
    List<Node> originals() {
        return network.order().stream()
                .filter(node -> copied.contains(node.name()))
                .toList();
    }

    List<NodeDef> nodes() {
        List<NodeDef> nodes = new ArrayList<>();
        for (Node node : originals()) {
            NodeDef.Builder copy =
                    node.definition().toBuilder().setName(copyOf(node.name())).clearInput();
            for (TensorRef input : node.inputs()) {
                copy.addInput(of(input).toString());
            }
            StraightThrough.of(copy.build()).forEach(kept -> nodes.addAll(ErrorFunction.of(kept)));
        }
        return nodes;
    }

    /** What stands for a tensor in the copy. */
    TensorRef of(TensorRef tensor) {
        String entry = entries.get(tensor);
        if (entry != null) {
            return TensorRef.parse(entry);
        }
        return copied.contains(tensor.node()) ? new TensorRef(copyOf(tensor.node()), tensor.index()) : tensor;
    }

    /** What a node of the classifier is called there. */
    static String copyOf(String node) {
        return PREFIX + node;
    }

    private void collect(String name, Set<String> after, Set<TensorRef> references) {
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (after.contains(next) && copied.add(next)) {
                network.node(next).inputs().stream()
                        .filter(input -> !references.contains(input))
                        .forEach(input -> open.push(input.node()));
            }
        }
    }

    private void enter(TensorRef tensor) {
        entries.putIfAbsent(tensor, NodeNames.reference(entries.size()));
    }

    /** Batch normalisation's older forms have no gradient in TensorFlow's C++ library; their arithmetic is the same. */
    static NodeDef withGradient(NodeDef node) {
        if (!node.getOp().equals("FusedBatchNorm") && !node.getOp().equals("FusedBatchNormV2")) {
            return node;
        }
        Map<String, org.tensorflow.proto.AttrValue> attributes = new HashMap<>(node.getAttrMap());
        org.tensorflow.proto.AttrValue type = node.getAttrOrThrow("T");
        attributes.putIfAbsent("U", type);
        return node.toBuilder()
                .setOp("FusedBatchNormV3")
                .clearAttr()
                .putAllAttr(attributes)
                .build();
    }
}
