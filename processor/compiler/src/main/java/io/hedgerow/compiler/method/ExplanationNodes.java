package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.Activation;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.hedging.LinearTensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Writes the nodes that explain into a graph that holds the classifier, and its head once more. */
final class ExplanationNodes {
    private final Graph graph;
    private final Network network;
    private final Head head;
    private final HeadCopy copy;

    ExplanationNodes(Graph graph, Network network, Head head, HeadCopy copy) {
        this.graph = graph;
        this.network = network;
        this.head = head;
        this.copy = copy;
    }

    /**
     * Writes scores, predictions and maps.
     *
     * @param output the model's own output
     * @param linear which tensors have no activation where the paper has one
     * @param precision of the convolutions that explain
     * @param places where the map of an input layer lies on the picture
     * @return the nodes that give maps, in order, and the input layer whose height and width each has
     */
    @SuppressWarnings("unchecked")
    Map<String, TensorRef> write(
            TensorRef output,
            LinearTensors linear,
            Precision precision,
            Propagation propagation,
            Function<TensorRef, ?> places) {
        Ops root = Ops.create(graph);
        Ops tf = root.withSubScope("hedgerow");
        Operand<TInt32> asked = (Operand<TInt32>) graph.outputOrThrow(ExplanationGraph.CLASSES + ":0");
        Operand<TFloat32> ratios = (Operand<TFloat32>) graph.outputOrThrow(ExplanationGraph.RATIOS + ":0");
        RuleContext emission = emission(graph, tf, network, linear, ratios, precision);

        int count = ExplanationGraph.scoreCount(network, head);
        ScoreChoice choice = new ScoreChoice(tf, count);
        Operand<TInt32> matrix = tf.constant(new int[] {-1, count});
        Operand<TFloat32> scores = root.withName(ExplanationGraph.SCORES)
                .identity(choice.reported(tf.reshape(emission.activation(head.scores()), matrix), head));
        root.withName(ExplanationGraph.PREDICTIONS).reshape(emission.activation(output), matrix);
        Operand<TInt32> classes =
                root.withName(ExplanationGraph.RESOLVED_CLASSES).identity(choice.resolve(asked, scores));

        HeadGradient gradient = new HeadGradient(graph, head, copy);
        Operand<TFloat32> chosen = choice.explained(
                tf.reshape((Operand<TFloat32>) gradient.output(head.scores()), matrix),
                tf.linalg.transpose(classes, tf.constant(new int[] {1, 0})));
        if (!head.probabilities().isEmpty()) {
            chosen = new NetworkShares(root, tf).explained(parts(chosen, gradient));
        }
        root.withName(ExplanationGraph.EXPLAINED)
                .reshape(
                        head.probabilities().isEmpty() ? tf.reduceSum(chosen, tf.constant(1)) : chosen,
                        tf.constant(new int[] {-1}));
        List<Operand<TFloat32>> activations = new ArrayList<>();
        List<Operand<TFloat32>> gradients = new ArrayList<>();
        for (Operand<TFloat32> found : gradient.of(chosen, head.features())) {
            activations.add(
                    (Operand<TFloat32>) graph.outputOrThrow(ExplanationGraph.reference(activations.size()) + ":0"));
            gradients.add(
                    root.withName(ExplanationGraph.gradient(gradients.size())).identity(found));
        }
        Map<TensorRef, Operand<TFloat32>> starts = new LinkedHashMap<>();
        for (Operand<TFloat32> relevance : new Start(tf).of(activations, gradients, space())) {
            TensorRef features = head.features().get(starts.size());
            starts.put(
                    features,
                    root.withName(ExplanationGraph.start(starts.size())).identity(relevance));
        }
        Map<String, TensorRef> written = new LinkedHashMap<>();
        for (Propagation.Maps maps : propagation.write(starts, places, emission)) {
            // in the order of their names as well
            String name = written.isEmpty()
                    ? ExplanationGraph.MAPS
                    : "%s_%02d".formatted(ExplanationGraph.MAPS, written.size() + 1);
            root.withName(name).identity(maps.maps());
            written.put(name, maps.input());
        }
        return written;
    }

    /** Of each reference layer the axes along which positions lie. */
    private List<int[]> space() {
        return head.features().stream()
                .map(features -> network.layout(features).space().stream()
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toList();
    }

    @SuppressWarnings("unchecked")
    private List<NetworkShares.Part> parts(Operand<TFloat32> chosen, HeadGradient gradient) {
        List<TensorRef> outputs =
                head.probabilities().stream().map(Activation::output).toList();
        List<Operand<TFloat32>> gradients = gradient.of(chosen, outputs);
        List<NetworkShares.Part> parts = new ArrayList<>();
        for (Activation activation : head.probabilities()) {
            parts.add(new NetworkShares.Part(
                    activation,
                    (Operand<TFloat32>) gradient.output(activation.output()),
                    (Operand<TFloat32>) gradient.output(activation.logits()),
                    gradients.get(parts.size())));
        }
        return parts;
    }

    @SuppressWarnings("unchecked")
    static RuleContext emission(
            Graph graph, Ops tf, Network network, LinearTensors linear, Operand<TFloat32> ratios, Precision precision) {
        return new RuleContext(
                graph,
                tf,
                network,
                linear,
                dimension(tf, graph.outputOrThrow(network.image().node() + ":0"), 0),
                (Operand<TInt32>) graph.outputOrThrow(ExplanationGraph.CLASS_COUNT + ":0"),
                ratios,
                precision);
    }

    static Operand<TInt32> dimension(Ops tf, Operand<?> tensor, int axis) {
        return tf.slice(tf.shape(tensor), tf.constant(new int[] {axis}), tf.constant(new int[] {1}));
    }
}
