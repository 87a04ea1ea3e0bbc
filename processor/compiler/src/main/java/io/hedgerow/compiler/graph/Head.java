package io.hedgerow.compiler.graph;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.OutputKind;
import java.util.List;

/**
 * Where explaining starts.
 *
 * @param scores class scores, before any softmax or sigmoid: N × classes (or a shape that flattens to it); where networks
 *     join their probabilities, what they are joined to
 * @param activation what the model makes of its scores: {@code softmax}, {@code log_softmax}, {@code sigmoid} or
 *     {@code none}; where probabilities are joined, what made them
 * @param kind what the model's own output is
 * @param references the reference layers, one of each network that reaches the scores; at least one
 * @param probabilities the softmaxes and sigmoids that networks end with before the scores: all that the scores
 *     take of the reference layers goes through them; empty where networks join features or logits
 */
public record Head(
        TensorRef scores,
        String activation,
        OutputKind kind,
        List<ReferenceLayer> references,
        List<Activation> probabilities) {

    /** The feature maps of all reference layers. */
    public List<TensorRef> features() {
        return references.stream().map(ReferenceLayer::output).toList();
    }

    /**
     * The number of scores of one image.
     *
     * @throws ModelRefusedException if it can't be told
     */
    public int scoreCount(Network network) {
        long[] shape = network.shape(scores).orElse(new long[] {-1});
        long count = 1;
        for (int i = 1; i < shape.length; i++) {
            count *= shape[i];
        }
        if (shape.length < 2 || count < 1) {
            throw new ModelRefusedException("how many classes the scores '" + scores
                    + "' have can't be told from the graph; another output may be chosen with --output");
        }
        return Math.toIntExact(count);
    }

    /** Whether the scores are probabilities of several networks, joined, and no further layer makes logits of them. */
    public boolean joinsProbabilities() {
        return !probabilities.isEmpty() && activation.equals("none");
    }
}
