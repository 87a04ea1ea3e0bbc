package io.hedgerow.compiler.method;

import io.hedgerow.compiler.analysis.Footprint;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.hedging.Conservation;
import io.hedgerow.compiler.hedging.HedgingComposite;
import io.hedgerow.compiler.hedging.LinearTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
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
 * The classifier's graph with everything that explains it: from images, classes and ratios to scores, predictions and
 * maps in one run.
 */
public final class ExplanationGraph {
    public static final String CLASSES = "hedgerow_classes";
    public static final String RATIOS = "hedgerow_ratios";
    public static final String SCORES = "hedgerow_scores";
    public static final String PREDICTIONS = "hedgerow_predictions";
    public static final String MAPS = "hedgerow_maps";
    public static final String RESOLVED_CLASSES = "hedgerow_resolved_classes";

    /** Each image's and class's explained score. */
    public static final String EXPLAINED = "hedgerow_check_explained";

    /** How many classes are explained, as a vector of one; nothing else depends on that number but what reads it here. */
    public static final String CLASS_COUNT = "hedgerow_class_count";

    /**
     * An attribute of a node from which on classes may as well be explained one after another: the name of the node that
     * ends this. Both give rows K × B × n of relevance, and all of it goes through them.
     */
    public static final String ONE_BY_ONE_UNTIL = "_hedgerow_one_by_one_until";

    private static final List<String> OUTPUTS = List.of(SCORES, PREDICTIONS, RESOLVED_CLASSES, CLASSES, RATIOS);

    private final GraphDef definition;
    private final Map<String, TensorRef> mapInputs;
    private final Map<String, Integer> families;
    private final ExplanationInfo.Linear linear;

    private ExplanationGraph(
            GraphDef definition,
            Map<String, TensorRef> mapInputs,
            Map<String, Integer> families,
            LinearTensors linear) {
        this.definition = definition;
        this.mapInputs = mapInputs;
        this.families = families;
        this.linear = new ExplanationInfo.Linear(linear.convolutions(), linear.sums());
    }

    public GraphDef definition() {
        return definition;
    }

    /**
     * The maps, in order: the node that gives them, and the input layer whose height and width they have. The first is
     * {@link #MAPS}.
     */
    public Map<String, TensorRef> mapInputs() {
        return mapInputs;
    }

    /** How many nodes of each rule family relevance goes through. */
    public Map<String, Integer> families() {
        return families;
    }

    /** What of it that relevance goes through has no activation where the paper has one. */
    public ExplanationInfo.Linear linear() {
        return linear;
    }

    /**
     * Writes the explanation of a classifier beside it.
     *
     * @param frozen the classifier, flat, its weights as constants
     * @param network the same, indexed
     * @param head where explaining starts
     * @param output the model's own output
     * @param precision of the convolutions that explain
     * @param places where the map of an input layer lies on the picture: input layers of equal places have one map
     * @param check looks at the graph before it is given out
     * @throws io.hedgerow.compiler.api.ModelRefusedException if an operation has no rule
     */
    public static ExplanationGraph of(
            GraphDef frozen,
            Network network,
            Head head,
            TensorRef output,
            Precision precision,
            Function<TensorRef, ?> places,
            GraphCheck check) {
        return of(
                frozen,
                network,
                head,
                output,
                precision,
                places,
                check,
                HedgingComposite::of,
                new LinearTensors(network, head));
    }

    /** The same with rules of one's own, and another view of which tensors are linear. */
    public static ExplanationGraph of(
            GraphDef frozen,
            Network network,
            Head head,
            TensorRef output,
            Precision precision,
            Function<TensorRef, ?> places,
            GraphCheck check,
            BiFunction<Node, Network, Rule> rules,
            LinearTensors linear) {
        HeadCopy copy = new HeadCopy(network, head);
        try (Graph graph = new Graph()) {
            graph.importGraphDef(withHead(frozen, network, copy));
            ClassLoopRegions stretches = new ClassLoopRegions(network);
            Conservation conservation = new Conservation(Ops.create(graph).withSubScope("hedgerow_check"));
            Propagation propagation = new Propagation(network, rules, conservation, stretches);
            Map<String, TensorRef> maps = new ExplanationNodes(graph, network, head, copy)
                    .write(output, linear, precision, propagation, places);
            check.check(graph, conservation.invariants());
            List<String> outputs =
                    Stream.concat(OUTPUTS.stream(), maps.keySet().stream()).toList();
            GraphDef definition = Definitions.withAttribute(
                    ONE_BY_ONE_UNTIL, stretches.found(), Definitions.needed(graph.toGraphDef(), outputs));
            return new ExplanationGraph(definition, maps, propagation.families(), linear);
        }
    }

    /** What rounding adds in the head, to be held fixed where its gradient is compared with differences. */
    public static List<String> roundings(Graph graph) {
        List<String> roundings = new ArrayList<>();
        graph.operations().forEachRemaining(operation -> {
            if (operation.name().endsWith(StraightThrough.ROUNDING)) {
                roundings.add(operation.name());
            }
        });
        return roundings;
    }

    /** With the head once more; not to be kept, for it holds all weights. */
    private static GraphDef withHead(GraphDef frozen, Network network, HeadCopy copy) {
        GraphDef.Builder withHead;
        try (Graph graph = new Graph()) {
            graph.importGraphDef(Definitions.mapped(frozen, HeadCopy::withGradient));
            writeEntries(graph, network, copy);
            withHead = graph.toGraphDef().toBuilder();
        }
        copy.nodes().forEach(node -> withHead.addNode(HeadCopy.withGradient(node)));
        return withHead.build();
    }

    private static void writeEntries(Graph graph, Network network, HeadCopy copy) {
        Ops root = Ops.create(graph);
        Ops tf = root.withSubScope("hedgerow");
        Placeholder<TInt32> classes =
                root.withName(CLASSES).placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
        Placeholder<TFloat32> ratios =
                root.withName(RATIOS).placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
        root.withName(CLASS_COUNT).identity(ExplanationNodes.dimension(tf, classes, 1));
        RuleContext emission =
                ExplanationNodes.emission(graph, tf, network, LinearTensors.none(network), ratios, Precision.FLOAT32);
        copy.entries().forEach((tensor, name) -> {
            Operand<TFloat32> repeated = emission.repeated(emission.activation(tensor));
            long[] shape = network.shape(tensor).orElseThrow();
            shape[0] = -1;
            root.withName(name).ensureShape(repeated, Shape.of(shape));
        });
    }

    /** The entry of the head that stands for one of its reference layers: K·B × H × W × C, its axes in any order. */
    public static String reference(int index) {
        return HeadCopy.reference(index);
    }

    /** The gradient of the explained scores at {@link #reference}. */
    public static String gradient(int index) {
        return numbered("hedgerow_check_gradient", index);
    }

    /** Relevance of a reference layer, where it starts. */
    public static String start(int index) {
        return numbered("hedgerow_check_start", index);
    }

    /** What each of a network's joined probabilities counts for in the explained scores. */
    public static String share(int index) {
        return numbered("hedgerow_check_share", index);
    }

    private static String numbered(String name, int index) {
        return index == 0 ? name : name + "_" + index;
    }

    /**
     * The memory that explaining one class of an image takes at most, weights apart: in bytes, or -1 where the input's size
     * is free.
     */
    public static long bytesPerImage(Network network) {
        return new Footprint(network).bytes();
    }

    /** The number of scores of one image. */
    public static int scoreCount(Network network, Head head) {
        long[] shape = network.shape(head.scores()).orElse(new long[] {-1});
        long count = 1;
        for (int i = 1; i < shape.length; i++) {
            count *= shape[i];
        }
        if (shape.length < 2 || count < 1) {
            throw new ModelRefusedException("how many classes the scores '" + head.scores()
                    + "' have can't be told from the graph; another output may be chosen with --output");
        }
        return Math.toIntExact(count);
    }
}
