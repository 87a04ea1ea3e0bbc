package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.InputTensors;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.propagation.RuleContext;
import io.hedgerow.engine.TensorFlowFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/**
 * The gradient of the explained scores at what the first layers take.
 *
 * <p>One forward pass serves all classes: TensorFlow differentiates the classifier in a graph of its own, for rows of one
 * class, and the nodes that come of it are put beside the classifier, fed with rows of all classes, its activations repeated.
 */
final class InputGradient {
    private static final String SCOPE = "hedgerow/backward";
    private static final String SEED = "hedgerow_backward_seed_";
    private static final String ENTRY = "hedgerow_backward_entry_";
    private static final String CUT = "hedgerow_backward_cut_";

    private static final Set<String> BACKWARD = Set.of("Conv2DBackpropInput", "DepthwiseConv2dNativeBackpropInput");
    private static final Set<String> LEFT_OUT = Set.of("dilations", "explicit_paddings");

    private final Network network;
    private final List<TensorRef> outputs;
    private final Set<String> blocks;
    /** What the first layers take, and the placeholders that stand for it. */
    private final Map<TensorRef, String> cuts = new LinkedHashMap<>();
    /** The activations that are repeated, and under which names. */
    private final Map<TensorRef, String> entries = new LinkedHashMap<>();

    private final List<NodeDef> nodes = new ArrayList<>();
    private final Map<TensorRef, TensorRef> gradients = new LinkedHashMap<>();

    private InputGradient(Network network, Collection<TensorRef> outputs) {
        this.network = network;
        this.blocks = blocks(network);
        this.outputs = outputs.stream()
                .filter(output -> !network.isBeforeLayers(network.producer(output)))
                .toList();
    }

    /**
     * Differentiates a classifier from where its head begins.
     *
     * @param graph the classifier
     * @param outputs what its head takes
     * @param method that asks for it
     * @throws ModelRefusedException if an operation has no gradient
     */
    static InputGradient of(GraphDef graph, Network network, Collection<TensorRef> outputs, Method method) {
        InputGradient gradient = new InputGradient(network, outputs);
        network.nodes().stream()
                .filter(node -> isGrouped(node, network))
                .findFirst()
                .ifPresent(node -> {
                    throw refused(
                            method,
                            "%s convolves groups of channels, which TensorFlow doesn't differentiate on a CPU"
                                    .formatted(node));
                });
        gradient.differentiate(gradient.cut(graph), method);
        return gradient;
    }

    /** Each node as TensorFlow made it, taking rows of all classes. */
    List<NodeDef> nodes() {
        return nodes;
    }

    /** The gradient at each tensor that the first layers take. */
    Map<TensorRef, TensorRef> gradients() {
        return gradients;
    }

    /**
     * Writes what the nodes take: the head's gradients, and activations once for each class.
     *
     * @param graph holds the classifier and its head once more
     * @param explained what is differentiated
     */
    void writeEntries(Graph graph, RuleContext context, Operand<TFloat32> explained, HeadGradient head) {
        Ops root = Ops.create(graph);
        Output<?>[] found = head.at(explained, outputs);
        for (int i = 0; i < found.length; i++) {
            Operand<TFloat32> seed =
                    MissingGradient.isAt(found[i]) ? castOf(found[i]) : root.zerosLike(head.output(outputs.get(i)));
            root.withName(SEED + i).identity(seed);
        }
        entries.forEach((tensor, name) -> root.withName(name).identity(context.repeated(context.activation(tensor))));
    }

    @SuppressWarnings("unchecked")
    private static Operand<TFloat32> castOf(Output<?> output) {
        return (Operand<TFloat32>) output;
    }

    /** The part of the classifier that is differentiated, beginning with placeholders. */
    private GraphDef cut(GraphDef graph) {
        InputTensors inputs = new InputTensors(network);
        inputs.before(outputs).forEach(input -> cuts.put(input, CUT + cuts.size()));
        Set<String> needed = new HashSet<>();
        outputs.forEach(output -> needed.addAll(network.before(output)));
        GraphDef.Builder cut = graph.toBuilder().clearNode();
        for (NodeDef definition : graph.getNodeList()) {
            if (needed.contains(definition.getName())) {
                NodeDef.Builder changed = definition.toBuilder();
                if (inputs.isLayers(network.node(definition.getName()))) {
                    for (int i = 0; i < definition.getInputCount(); i++) {
                        String cutOff = cuts.get(TensorRef.parse(definition.getInput(i)));
                        changed.setInput(i, cutOff == null ? definition.getInput(i) : cutOff);
                    }
                }
                cut.addNode(changed);
            }
        }
        cuts.forEach((tensor, name) -> cut.addNode(placeholder(name, tensor)));
        for (int i = 0; i < outputs.size(); i++) {
            cut.addNode(placeholder(SEED + i, outputs.get(i)));
        }
        return cut.build();
    }

    private NodeDef placeholder(String name, TensorRef like) {
        Shape shape = network.shape(like).map(Shape::of).orElse(Shape.unknown());
        return NodeDefs.placeholder(name, DataType.DT_FLOAT, shape);
    }

    private void differentiate(GraphDef definition, Method method) {
        try (Graph graph = new Graph()) {
            graph.importGraphDef(definition);
            List<TensorRef> inputs = List.copyOf(cuts.keySet());
            Output<?>[] found;
            try {
                found = TensorFlowFailure.in(() -> graph.addGradients(
                        SCOPE,
                        outputs.stream().map(output -> output(graph, output)).toArray(Output<?>[]::new),
                        cuts.values().stream()
                                .map(name -> output(graph, new TensorRef(name, 0)))
                                .toArray(Output<?>[]::new),
                        IntStream.range(0, outputs.size())
                                .mapToObj(i -> output(graph, new TensorRef(SEED + i, 0)))
                                .toArray(Output<?>[]::new)));
            } catch (TensorFlowFailure e) {
                throw refused(method, MissingGradient.reason(e, network.nodes()));
            }
            for (int i = 0; i < found.length; i++) {
                if (MissingGradient.isAt(found[i])) {
                    gradients.put(inputs.get(i), new TensorRef(found[i].op().name(), found[i].index()));
                }
            }
            if (gradients.isEmpty()) {
                throw refused(method, "the scores have none there");
            }
            retarget(
                    Definitions.needed(
                            graph.toGraphDef(),
                            gradients.values().stream().map(TensorRef::node).toList()),
                    definition,
                    method);
        }
    }

    private static Output<?> output(Graph graph, TensorRef tensor) {
        return graph.outputOrThrow(tensor.node() + ":" + tensor.index());
    }

    /** Has what TensorFlow wrote take rows of all classes. */
    private void retarget(GraphDef written, GraphDef forward, Method method) {
        Set<String> before = new HashSet<>();
        forward.getNodeList().forEach(node -> before.add(node.getName()));
        Map<String, TensorRef> inputs = new LinkedHashMap<>();
        cuts.forEach((tensor, name) -> inputs.put(name, tensor));
        for (NodeDef node : written.getNodeList()) {
            if (before.contains(node.getName())) {
                continue;
            }
            NodeDef.Builder changed = node.toBuilder();
            completed(node, written).ifPresent(changed::putAllAttr);
            for (int i = 0; i < node.getInputCount(); i++) {
                TensorRef input = TensorRef.parse(node.getInput(i));
                TensorRef forwards = inputs.getOrDefault(input.node(), input);
                if (network.contains(forwards.node()) && isOfImages(forwards)) {
                    requireRepeatable(forwards, node, method);
                    changed.setInput(i, entries.computeIfAbsent(forwards, t -> ENTRY + entries.size()));
                }
            }
            nodes.add(changed.build());
        }
    }

    /** Whether it has rows of images: numbers that a layer learned have none, though their node may. */
    private boolean isOfImages(TensorRef tensor) {
        Node node = network.producer(tensor);
        boolean isLearned =
                tensor.index() > 0 && Operations.isNormalisation(node) && Operations.isByStoredStatistics(node);
        return !isLearned
                && network.shape(tensor)
                        .filter(shape -> Arrays.stream(shape).allMatch(size -> size >= 0))
                        .isEmpty()
                && network.before(tensor).contains(network.image().node());
    }

    /** Attributes of a convolution or pooling that TensorFlow leaves out where it differentiates one. */
    private Optional<Map<String, AttrValue>> completed(NodeDef gradient, GraphDef written) {
        if (gradient.getOp().equals("MaxPoolGrad")) {
            return Optional.of(
                    leftOut(network.node(TensorRef.parse(gradient.getInput(1)).node())));
        }
        if (!BACKWARD.contains(gradient.getOp())) {
            return Optional.empty();
        }
        String kernel = TensorRef.parse(gradient.getInput(1)).node();
        String sizes = TensorRef.parse(gradient.getInput(0)).node();
        return written.getNodeList().stream()
                .filter(node -> node.getName().equals(sizes) && node.getInputCount() == 1)
                .map(node -> TensorRef.parse(node.getInput(0)))
                .flatMap(x -> network.nodes().stream()
                        .filter(node -> Operations.isConvolution(node)
                                && (node.input(0).equals(x) || x.node().equals(cuts.get(node.input(0))))
                                && node.input(1).node().equals(kernel)))
                .findFirst()
                .map(InputGradient::leftOut);
    }

    private static Map<String, AttrValue> leftOut(Node node) {
        Map<String, AttrValue> kept = new HashMap<>(node.definition().getAttrMap());
        kept.keySet().retainAll(LEFT_OUT);
        return kept;
    }

    /**
     * Images are repeated row by row: that can't be done where an image's rows aren't together, as between SpaceToBatchND and
     * BatchToSpaceND, where rows run along another axis, and with what depends on how many there are.
     */
    private void requireRepeatable(TensorRef tensor, NodeDef taker, Method method) {
        boolean isSize = taker.getOp().equals("Shape");
        boolean hasRows = network.dependsOnImage(tensor)
                && network.shape(tensor)
                        .filter(shape -> shape.length > 0 && shape[0] < 0)
                        .isPresent();
        if (!hasRows || (blocks.contains(tensor.node()) && !isSize)) {
            throw refused(
                    method,
                    "%s keeps the rows of images otherwise than one after the other"
                            .formatted(network.producer(tensor)));
        }
    }

    private static ModelRefusedException refused(Method method, String why) {
        return new ModelRefusedException(
                "%s needs the gradient at the first layers: %s; choose another method, or save the model without it"
                        .formatted(method.name(), why));
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

    private static boolean isGrouped(Node node, Network network) {
        return node.operation().equals("Conv2D")
                && Convolution.of(node, network).isGrouped();
    }
}
