package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.InputTensors;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.RuleContext;
import io.hedgerow.engine.TensorFlowFailure;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
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
    private static final String CUT = "hedgerow_backward_cut_";

    private final Network network;
    private final List<TensorRef> outputs;
    /** What the first layers take, and the placeholders that stand for it. */
    private final Map<TensorRef, String> cuts = new LinkedHashMap<>();

    private final BackwardRows rows;
    private final Map<TensorRef, TensorRef> gradients = new LinkedHashMap<>();

    private InputGradient(Network network, Collection<TensorRef> outputs, Method method) {
        this.network = network;
        this.rows = new BackwardRows(network, cuts, method);
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
        InputGradient gradient = new InputGradient(network, outputs, method);
        gradient.differentiate(gradient.cut(graph), method);
        return gradient;
    }

    /** Each node as TensorFlow made it, taking rows of all classes. */
    List<NodeDef> nodes() {
        return rows.nodes();
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
        rows.entries().forEach((tensor, name) -> root.withName(name)
                .identity(context.repeated(context.activation(tensor), rows.axis(tensor))));
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
                cut.addAllNode(ErrorFunction.differentiable(changed.build()));
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
                throw MissingGradient.refused(method, MissingGradient.reason(e, network.nodes()));
            }
            for (int i = 0; i < found.length; i++) {
                if (MissingGradient.isAt(found[i])) {
                    gradients.put(inputs.get(i), new TensorRef(found[i].op().name(), found[i].index()));
                }
            }
            if (gradients.isEmpty()) {
                throw MissingGradient.refused(method, "the scores have none there");
            }
            rows.write(
                    Definitions.needed(
                            graph.toGraphDef(),
                            gradients.values().stream().map(TensorRef::node).toList()),
                    definition);
        }
    }

    private static Output<?> output(Graph graph, TensorRef tensor) {
        return graph.outputOrThrow(tensor.node() + ":" + tensor.index());
    }
}
