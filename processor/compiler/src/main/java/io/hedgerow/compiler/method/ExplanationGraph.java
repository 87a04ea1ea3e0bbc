package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.ImageParameter;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.graph.Weights;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The classifier's graph with everything that explains it: from images, classes and what methods take with each image to
 * scores, predictions and maps in one run. Methods share the forward pass.
 */
public final class ExplanationGraph {
    // RATIONALE: Why is the explanation written into the model's graph?
    private final GraphDef definition;
    private final List<Explanation> explanations;

    private ExplanationGraph(GraphDef definition, List<Explanation> explanations) {
        this.definition = definition;
        this.explanations = explanations;
    }

    /**
     * What one method has written.
     *
     * @param maps in order: the node that gives them, and the tensor whose height and width they have
     * @param result what else is to be known of it
     */
    public record Explanation(Method method, Map<String, TensorRef> maps, MethodResult result) {}

    public GraphDef definition() {
        return definition;
    }

    /** Of each method, in the order in which they were asked for. */
    public List<Explanation> explanations() {
        return explanations;
    }

    /** The numbers that the methods take with each image, each once. */
    public static List<ImageParameter> imageParameters(List<Method> methods) {
        return methods.stream()
                .flatMap(method -> method.imageParameters().stream())
                .distinct()
                .toList();
    }

    /**
     * Writes explanations of a classifier beside it.
     *
     * @param classifier flat, its weights as constants
     * @param network the same, indexed
     * @param head where explaining starts
     * @param output the model's own output
     * @param methods at least one; the first one's maps are {@link NodeNames#MAPS}
     * @param precision of the convolutions that explain
     * @param places what of the picture an input layer sees, and in how many cells: input layers of equal ones have one map
     * @param check looks at the graph before it is given out
     * @throws io.hedgerow.compiler.api.ModelRefusedException if a method can't explain the classifier
     */
    public static ExplanationGraph of(
            GraphDef classifier,
            Network network,
            Head head,
            TensorRef output,
            List<Method> methods,
            Precision precision,
            Function<TensorRef, ?> places,
            GraphCheck check) {
        Weights weights = Weights.of(classifier);
        GraphDef frozen = weights.others();
        HeadCopy copy = new HeadCopy(network, head);
        InputGradient backward = null;
        for (Method method : methods) {
            if (method.takesInputGradients() && backward == null) {
                backward = InputGradient.of(
                        differentiable(frozen), network, copy.entries().keySet(), method);
            }
        }
        GraphDef withScores;
        try (Graph graph = new Graph()) {
            graph.importGraphDef(withHead(frozen, network, copy, imageParameters(methods)));
            HeadGradient gradient = new HeadGradient(graph, head, copy);
            Operand<TFloat32> explained = new ScoreNodes(graph, head, gradient).write(output, head.scoreCount(network));
            if (backward == null) {
                MethodContext context = new MethodContext(graph, network, head, precision, places, Map.of(), Map.of());
                return written(graph, weights, methods, context, check);
            }
            backward.writeEntries(
                    graph,
                    MethodContext.rules(graph, Ops.create(graph).withSubScope("hedgerow"), network),
                    explained,
                    gradient);
            withScores = graph.toGraphDef();
        }
        SampledGradients sampled;
        try (Graph graph = new Graph()) {
            graph.importGraphDef(
                    withScores.toBuilder().addAllNode(backward.nodes()).build());
            if (methods.stream().noneMatch(method -> method.samples().isPresent())) {
                MethodContext context =
                        new MethodContext(graph, network, head, precision, places, backward.gradients(), Map.of());
                return written(graph, weights, methods, context, check);
            }
            sampled = new SampledGradients(graph, network, head, methods, backward.gradients());
        }
        try (Graph graph = new Graph()) {
            graph.importGraphDef(sampled.definition());
            MethodContext context =
                    new MethodContext(graph, network, head, precision, places, backward.gradients(), sampled.sums());
            return written(graph, weights, methods, context, check);
        }
    }

    private static ExplanationGraph written(
            Graph graph, Weights weights, List<Method> methods, MethodContext context, GraphCheck check) {
        List<Explanation> explanations = new ArrayList<>();
        List<Check> checks = new ArrayList<>();
        Map<String, String> loops = new LinkedHashMap<>();
        for (Method method : methods) {
            MethodResult result = method.write(context);
            Map<String, TensorRef> maps = new LinkedHashMap<>();
            for (MethodResult.Map2D map : result.maps()) {
                String name = NodeNames.maps(explanations.size(), maps.size());
                context.named(name, map.values());
                maps.put(name, map.tensor());
            }
            explanations.add(new Explanation(method, maps, result));
            checks.addAll(result.checks());
            loops.putAll(result.classLoops());
        }
        check.check(graph, checks);
        List<String> outputs = Stream.of(
                        Stream.of(
                                NodeNames.SCORES, NodeNames.PREDICTIONS, NodeNames.RESOLVED_CLASSES, NodeNames.CLASSES),
                        imageParameters(methods).stream().map(one -> NodeNames.imageParameter(one.name())),
                        explanations.stream().flatMap(one -> one.maps().keySet().stream()))
                .flatMap(names -> names)
                .toList();
        return new ExplanationGraph(
                weights.in(Definitions.withAttribute(
                        NodeNames.ONE_BY_ONE_UNTIL, loops, Definitions.needed(graph.toGraphDef(), outputs))),
                List.copyOf(explanations));
    }

    /**
     * What is level but for jumps, so that no gradient passes it: to be held fixed where gradients are compared with differences,
     * for a step of any length may lie across a jump. In a graph that holds a classifier and its head once more.
     */
    public static List<String> jumps(Graph graph, Network network) {
        // RATIONALE: Why is what jumps held fixed where gradients are compared with differences?
        List<String> jumps = new ArrayList<>(StraightThrough.roundings(graph));
        network.nodes().stream()
                .filter(node -> network.dependsOnImage(node) && Operations.isJump(node))
                .flatMap(node -> Stream.of(node.name(), HeadCopy.copyOf(node.name())))
                .filter(name -> graph.operation(name) != null)
                .forEach(jumps::add);
        return jumps;
    }

    private static GraphDef differentiable(GraphDef frozen) {
        return Definitions.mapped(frozen, HeadCopy::withGradient);
    }

    /** With the head once more. */
    private static GraphDef withHead(GraphDef frozen, Network network, HeadCopy copy, List<ImageParameter> parameters) {
        GraphDef.Builder withHead;
        try (Graph graph = new Graph()) {
            graph.importGraphDef(differentiable(frozen));
            writeEntries(graph, network, copy, parameters);
            withHead = graph.toGraphDef().toBuilder();
        }
        copy.nodes().forEach(node -> withHead.addNode(HeadCopy.withGradient(node)));
        return withHead.build();
    }

    private static void writeEntries(Graph graph, Network network, HeadCopy copy, List<ImageParameter> parameters) {
        Ops root = Ops.create(graph);
        Ops tf = root.withSubScope("hedgerow");
        Placeholder<TInt32> classes =
                root.withName(NodeNames.CLASSES).placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
        for (ImageParameter parameter : parameters) {
            root.withName(NodeNames.imageParameter(parameter.name()))
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
        }
        root.withName(NodeNames.CLASS_COUNT).identity(MethodContext.dimension(tf, classes, 1));
        RuleContext context = MethodContext.rules(graph, tf, network);
        copy.entries().forEach((tensor, name) -> {
            Operand<TFloat32> repeated = context.repeated(context.activation(tensor));
            long[] shape = network.shape(tensor).orElseThrow();
            shape[0] = -1;
            root.withName(name).ensureShape(repeated, Shape.of(shape));
        });
    }
}
