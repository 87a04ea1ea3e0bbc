package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;

/** Gradients of the explained scores through the head, as far as TensorFlow's C++ library has them. */
final class HeadGradient {
    private static final Pattern MISSING = Pattern.compile("No gradient defined for op: (\\w+)");

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
        Output<?>[] at = tensors.stream().map(this::output).toArray(Output<?>[]::new);
        Output<?>[] found;
        try {
            found = graph.addGradients(scores.asOutput(), at);
        } catch (TensorFlowException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new ModelRefusedException(
                    ("the scores '%s' can't be differentiated back to the reference layer '%s': %s; choose an output"
                                    + " of the model that lies before that with --output, or save the model without it")
                            .formatted(head.scores(), tensors.get(0), reason(String.valueOf(e.getMessage()))),
                    e);
        }
        List<Operand<TFloat32>> gradients = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            requireGradient(found[i], tensors.get(i));
            gradients.add((Operand<TFloat32>) found[i]);
        }
        return gradients;
    }

    Output<?> output(TensorRef tensor) {
        TensorRef copied = copy.of(tensor);
        return graph.outputOrThrow(copied.node() + ":" + copied.index());
    }

    private void requireGradient(Output<?> gradient, TensorRef tensor) {
        try {
            gradient.op().name();
        } catch (IllegalStateException e) {
            // TensorFlow gives a tensor of no graph where there is no gradient
            throw new ModelRefusedException(
                    "the scores '%s' have no gradient at the reference layer '%s'; another may be chosen with --reference-layer"
                            .formatted(head.scores(), tensor),
                    e);
        }
    }

    /** TensorFlow names the operation, but not where it is. */
    private String reason(String message) {
        Matcher missing = MISSING.matcher(message);
        if (!missing.find()) {
            return message;
        }
        return copy.originals().stream()
                        .filter(node -> node.operation().equals(missing.group(1)))
                        .map(Node::toString)
                        .findFirst()
                        .orElse(missing.group(1))
                + " has no gradient in TensorFlow";
    }
}
