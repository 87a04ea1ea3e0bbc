package io.hedgerow.compiler.method;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What TensorFlow writes where it differentiates a classifier, for rows of all classes instead of one. */
final class BackwardRows {
    private static final String ENTRY = "hedgerow_backward_entry_";
    private static final Set<String> BACKWARD = Set.of("Conv2DBackpropInput", "DepthwiseConv2dNativeBackpropInput");
    private static final Set<String> LEFT_OUT = Set.of("dilations", "explicit_paddings");

    private final Network network;
    private final Map<TensorRef, String> cuts;
    private final Method method;
    private final Set<String> blocks;
    private final NormalisedRows normalised;
    /** The activations that are repeated, and under which names. */
    private final Map<TensorRef, String> entries = new LinkedHashMap<>();

    private final List<NodeDef> nodes = new ArrayList<>();

    /**
     * Begins with none.
     *
     * @param cuts placeholders that stand for tensors of the classifier where it is differentiated
     * @param method that asks for it
     */
    BackwardRows(Network network, Map<TensorRef, String> cuts, Method method) {
        this.network = network;
        this.cuts = cuts;
        this.method = method;
        this.blocks = blocks(network);
        this.normalised = new NormalisedRows(network);
    }

    /** The nodes, which take rows of all classes. */
    List<NodeDef> nodes() {
        return nodes;
    }

    /** The activations that are repeated, and under which names. */
    Map<TensorRef, String> entries() {
        return entries;
    }

    /** The axis of such an activation along which images' rows lie. */
    int axis(TensorRef tensor) {
        return normalised.axis(tensor).orElse(0);
    }

    /** Has what TensorFlow wrote take rows of all classes. */
    void write(GraphDef written, GraphDef forward) {
        Set<String> before = new HashSet<>();
        forward.getNodeList().forEach(node -> before.add(node.getName()));
        Map<String, TensorRef> inputs = new LinkedHashMap<>();
        cuts.forEach((tensor, name) -> inputs.put(name, tensor));
        for (NodeDef node : written.getNodeList()) {
            if (before.contains(node.getName())) {
                continue;
            }
            NodeDef.Builder changed = node.toBuilder();
            Optional<Node> layer = layer(node, written);
            layer.ifPresent(found -> changed.putAllAttr(leftOut(found)));
            for (int i = 0; i < node.getInputCount(); i++) {
                TensorRef input = TensorRef.parse(node.getInput(i));
                TensorRef forwards = inputs.getOrDefault(input.node(), input);
                if (network.contains(forwards.node()) && isOfImages(forwards)) {
                    requireRepeatable(forwards, node);
                    changed.setInput(i, entries.computeIfAbsent(forwards, t -> ENTRY + entries.size()));
                }
            }
            nodes.addAll(GroupedGradient.of(
                    changed.build(), layer.map(found -> groups(found)).orElse(1)));
        }
    }

    /** Whether it has rows of images: numbers that a layer learned have none, though their node may. */
    private boolean isOfImages(TensorRef tensor) {
        if (normalised.axis(tensor).isPresent() || normalised.isWorkspace(tensor)) {
            return !normalised.isWorkspace(tensor);
        }
        Node node = network.producer(tensor);
        boolean isLearned =
                tensor.index() > 0 && Operations.isNormalisation(node) && Operations.isByStoredStatistics(node);
        return !isLearned
                && network.shape(tensor)
                        .filter(shape -> Arrays.stream(shape).allMatch(size -> size >= 0))
                        .isEmpty()
                && network.before(tensor).contains(network.image().node());
    }

    /** The convolution or pooling that a node is the gradient of. */
    private Optional<Node> layer(NodeDef gradient, GraphDef written) {
        if (gradient.getOp().equals("MaxPoolGrad")) {
            return Optional.of(network.node(TensorRef.nodeOf(gradient.getInput(1))));
        }
        if (!BACKWARD.contains(gradient.getOp())) {
            return Optional.empty();
        }
        String kernel = TensorRef.nodeOf(gradient.getInput(1));
        String sizes = TensorRef.nodeOf(gradient.getInput(0));
        return written.getNodeList().stream()
                .filter(node -> node.getName().equals(sizes) && node.getInputCount() == 1)
                .map(node -> TensorRef.parse(node.getInput(0)))
                .flatMap(x -> network.nodes().stream()
                        .filter(node -> Operations.isConvolution(node)
                                && (node.input(0).equals(x) || x.node().equals(cuts.get(node.input(0))))
                                && node.input(1).node().equals(kernel)))
                .findFirst();
    }

    /** How many groups of channels a layer has, each of which sees its own inputs alone. */
    private int groups(Node layer) {
        if (!layer.operation().equals("Conv2D")) {
            return 1;
        }
        long channels = network.shape(layer.input(0)).map(shape -> shape[3]).orElse(-1L);
        long each = network.shape(layer.input(1)).map(shape -> shape[2]).orElse(-1L);
        return each > 0 && channels > each ? Math.toIntExact(channels / each) : 1;
    }

    /** Attributes that TensorFlow leaves out where it differentiates a convolution or pooling. */
    private static Map<String, AttrValue> leftOut(Node node) {
        Map<String, AttrValue> kept = new HashMap<>(node.definition().getAttrMap());
        kept.keySet().retainAll(LEFT_OUT);
        return kept;
    }

    /**
     * Images are repeated row by row: that can't be done where an image's rows aren't together, as between SpaceToBatchND and
     * BatchToSpaceND, where rows run along another axis, and with what depends on how many there are.
     */
    private void requireRepeatable(TensorRef tensor, NodeDef taker) {
        boolean isSize = taker.getOp().equals("Shape");
        boolean hasRows = normalised.axis(tensor).isPresent()
                || (network.dependsOnImage(tensor)
                        && network.shape(tensor)
                                .filter(shape -> shape.length > 0 && shape[0] < 0)
                                .isPresent());
        if (!hasRows || (blocks.contains(tensor.node()) && !isSize)) {
            throw MissingGradient.refused(
                    method,
                    "%s keeps the rows of images otherwise than one after the other"
                            .formatted(network.producer(tensor)));
        }
    }

    private static Set<String> blocks(Network network) {
        Set<String> blocks = new HashSet<>();
        for (Node node : network.order()) {
            boolean within = network.signals(node).stream().anyMatch(signal -> blocks.contains(signal.node()));
            if (node.operation().equals("SpaceToBatchND")
                    || (within && !node.operation().equals("BatchToSpaceND"))) {
                blocks.add(node.name());
            }
        }
        return blocks;
    }
}
