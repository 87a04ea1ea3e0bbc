package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.engine.TensorFlowFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;

/** Gradients of the explained scores through the head, as far as TensorFlow's C++ library has them. */
final class HeadGradient {
    /** What gives one of a few values, and not how much speaks for it. */
    private static final Set<String> LABELS =
            Operations.with(Operations.CHOICES, Operations.COMPARISONS, Operations.STEPS);

    private final Graph graph;
    private final Head head;
    private final HeadCopy copy;

    HeadGradient(Graph graph, Head head, HeadCopy copy) {
        this.graph = graph;
        this.head = head;
        this.copy = copy;
    }

    /**
     * At tensors of the classifier, as the head's copy has them.
     *
     * @throws ModelRefusedException if an operation of the head has none, or none gets to one of them
     */
    @SuppressWarnings("unchecked")
    List<Operand<TFloat32>> of(Operand<TFloat32> scores, List<TensorRef> tensors) {
        Output<?>[] found = at(scores, tensors);
        List<Operand<TFloat32>> gradients = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            if (!MissingGradient.isAt(found[i])) {
                throw new ModelRefusedException("the scores '%s' have no gradient at the reference layer '%s'%s"
                        .formatted(head.scores(), tensors.get(i), remedy()));
            }
            gradients.add((Operand<TFloat32>) found[i]);
        }
        return gradients;
    }

    /** The same; where none gets to a tensor, one that is {@linkplain MissingGradient#isAt nowhere}. */
    Output<?>[] at(Operand<TFloat32> scores, List<TensorRef> tensors) {
        try {
            return TensorFlowFailure.in(() -> graph.addGradients(
                    scores.asOutput(),
                    tensors.stream().map(tensor -> output(tensor).asOutput()).toArray(Output<?>[]::new)));
        } catch (TensorFlowFailure e) {
            throw new ModelRefusedException(
                    ("the scores '%s' can't be differentiated back to the reference layer '%s': %s; choose an output"
                                    + " of the model that lies before that with --output, or save the model without it")
                            .formatted(head.scores(), tensors.get(0), MissingGradient.reason(e, copy.originals())),
                    e);
        }
    }

    private String remedy() {
        return copy.originals().stream()
                .filter(node -> LABELS.contains(node.operation()))
                .reduce((first, last) -> last)
                .map(node -> (": they are labels that %s chooses, or yes and no; save the model with the scores"
                                + " [N, classes] that it chooses by as an output, floats, or name them with --output")
                        .formatted(node))
                .orElse("; another may be chosen with --reference-layer");
    }

    /** What stands for a tensor in the copy. */
    @SuppressWarnings("unchecked")
    Operand<TFloat32> output(TensorRef tensor) {
        TensorRef copied = copy.of(tensor);
        return (Operand<TFloat32>) graph.outputOrThrow(copied.node() + ":" + copied.index());
    }
}
