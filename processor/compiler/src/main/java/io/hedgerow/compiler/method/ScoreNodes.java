package io.hedgerow.compiler.method;

import io.hedgerow.compiler.graph.Activation;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Writes scores, predictions and what is explained of them into a graph that holds the classifier, and its head once more. */
final class ScoreNodes {
    private final Graph graph;
    private final Head head;
    private final HeadGradient gradient;
    private final Ops root;
    private final Ops tf;

    ScoreNodes(Graph graph, Head head, HeadGradient gradient) {
        this.graph = graph;
        this.head = head;
        this.gradient = gradient;
        this.root = Ops.create(graph);
        this.tf = root.withSubScope("hedgerow");
    }

    /**
     * Writes scores and predictions, the classes asked for, their scores, and the gradient of these at each reference layer.
     *
     * @param output the model's own
     * @param count of scores of one image
     * @return what is differentiated: the sum of the explained scores
     */
    Operand<TFloat32> write(TensorRef output, int count) {
        Operand<TInt32> asked = tensor(new TensorRef(NodeNames.CLASSES, 0));
        ScoreChoice choice = new ScoreChoice(tf, count);
        Operand<TInt32> matrix = tf.constant(new int[] {-1, count});
        Operand<TFloat32> scores = root.withName(NodeNames.SCORES)
                .identity(choice.reported(tf.reshape(this.<TFloat32>tensor(head.scores()), matrix), head));
        root.withName(NodeNames.PREDICTIONS).reshape(this.<TFloat32>tensor(output), matrix);
        Operand<TInt32> classes = root.withName(NodeNames.RESOLVED_CLASSES).identity(choice.resolve(asked, scores));

        Operand<TFloat32> chosen = choice.explained(
                tf.reshape(gradient.output(head.scores()), matrix),
                tf.linalg.transpose(classes, tf.constant(new int[] {1, 0})));
        if (!head.probabilities().isEmpty()) {
            chosen = new NetworkShares(root, tf).explained(parts(chosen));
        }
        root.withName(NodeNames.EXPLAINED)
                .reshape(
                        head.probabilities().isEmpty() ? tf.reduceSum(chosen, tf.constant(1)) : chosen,
                        tf.constant(new int[] {-1}));
        int layer = 0;
        for (Operand<TFloat32> found : gradient.of(chosen, head.features())) {
            root.withName(NodeNames.gradient(layer++)).identity(found);
        }
        return chosen;
    }

    private List<NetworkShares.Part> parts(Operand<TFloat32> chosen) {
        List<TensorRef> outputs =
                head.probabilities().stream().map(Activation::output).toList();
        List<Operand<TFloat32>> gradients = gradient.of(chosen, outputs);
        List<NetworkShares.Part> parts = new ArrayList<>();
        for (Activation activation : head.probabilities()) {
            parts.add(new NetworkShares.Part(
                    activation,
                    gradient.output(activation.output()),
                    gradient.output(activation.logits()),
                    gradients.get(parts.size())));
        }
        return parts;
    }

    @SuppressWarnings("unchecked")
    private <T extends org.tensorflow.types.family.TType> Operand<T> tensor(TensorRef tensor) {
        return (Operand<T>) graph.outputOrThrow(tensor.node() + ":" + tensor.index());
    }
}
