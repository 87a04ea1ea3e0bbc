package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What methods write with: a graph that holds the classifier, the scores that are explained, and their gradients. B images
 * with K classes each are explained at once; K·B rows come class after class.
 */
public final class MethodContext {
    public final Network network;
    public final Head head;
    /** Of convolutions that explain. */
    public final Precision precision;

    private final Graph graph;
    private final Ops root;
    private final Function<TensorRef, ?> places;
    private final Map<TensorRef, TensorRef> inputGradients;
    private final Map<String, Map<TensorRef, TensorRef>> sampledGradients;

    MethodContext(
            Graph graph,
            Network network,
            Head head,
            Precision precision,
            Function<TensorRef, ?> places,
            Map<TensorRef, TensorRef> inputGradients,
            Map<String, Map<TensorRef, TensorRef>> sampledGradients) {
        this.graph = graph;
        this.network = network;
        this.head = head;
        this.precision = precision;
        this.places = places;
        this.inputGradients = inputGradients;
        this.sampledGradients = sampledGradients;
        this.root = Ops.create(graph);
    }

    /** Writes nodes of explanations. */
    public Ops tf() {
        return root.withSubScope("hedgerow");
    }

    /** Writes nodes that only the self-check looks at. */
    public Ops checks() {
        return root.withSubScope("hedgerow_check");
    }

    /** A context for rules, that no relevance has come to. */
    public RuleContext rules(Ops tf) {
        return rules(graph, tf, network);
    }

    /** With as many images and classes as the graph is given. */
    @SuppressWarnings("unchecked")
    static RuleContext rules(Graph graph, Ops tf, Network network) {
        return new RuleContext(
                graph,
                tf,
                network,
                dimension(tf, graph.outputOrThrow(network.image().node() + ":0"), 0),
                (Operand<TInt32>) graph.outputOrThrow(NodeNames.CLASS_COUNT + ":0"));
    }

    static Operand<TInt32> dimension(Ops tf, Operand<?> tensor, int axis) {
        return tf.slice(tf.shape(tensor), tf.constant(new int[] {axis}), tf.constant(new int[] {1}));
    }

    /** A tensor of the classifier's forward pass. */
    public Operand<TFloat32> activation(TensorRef tensor) {
        return tensor(tensor);
    }

    /** A tensor under a name of its own, so that the self-check can find it. */
    public Operand<TFloat32> named(String name, Operand<TFloat32> tensor) {
        return root.withName(name).identity(tensor);
    }

    /** A_m of one of the head's reference layers: K·B × H × W × C, its axes in any order. */
    public Operand<TFloat32> reference(int index) {
        return tensor(new TensorRef(NodeNames.reference(index), 0));
    }

    /** ∂y/∂A_m, in the shape of {@link #reference}, y being each row's explained score. */
    public Operand<TFloat32> gradient(int index) {
        return tensor(new TensorRef(NodeNames.gradient(index), 0));
    }

    /**
     * ∂y/∂x of each tensor x that the first layers take, as K·B rows of x's shape: of a method that
     * {@linkplain Method#takesInputGradients asks for it}.
     */
    public Map<TensorRef, Operand<TFloat32>> inputGradients() {
        Map<TensorRef, Operand<TFloat32>> found = new LinkedHashMap<>();
        inputGradients.forEach((input, gradient) -> found.put(input, tensor(gradient)));
        return found;
    }

    /**
     * The mean of the same over a method's {@linkplain Method#samples samples}.
     *
     * @param method its name
     * @param samples how many there are
     */
    public Map<TensorRef, Operand<TFloat32>> meanGradients(String method, int samples) {
        Ops tf = tf();
        Operand<TFloat32> count = tf.constant((float) samples);
        Map<TensorRef, Operand<TFloat32>> means = new LinkedHashMap<>();
        sampledGradients
                .getOrDefault(method, Map.of())
                .forEach((input, sum) -> means.put(input, tf.math.div(tensor(sum), count)));
        return means;
    }

    /** A number that the method takes with each image: B. */
    public Operand<TFloat32> imageParameter(String name) {
        return tensor(new TensorRef(NodeNames.imageParameter(name), 0));
    }

    /** What of the picture a first layer sees, and in how many cells: maps of equal ones are summed. */
    public Function<TensorRef, ?> places() {
        return places;
    }

    private Operand<TFloat32> tensor(TensorRef tensor) {
        return tensor(graph, tensor);
    }

    @SuppressWarnings("unchecked")
    static Operand<TFloat32> tensor(Graph graph, TensorRef tensor) {
        return (Operand<TFloat32>) graph.outputOrThrow(tensor.node() + ":" + tensor.index());
    }
}
