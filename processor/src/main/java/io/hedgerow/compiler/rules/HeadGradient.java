package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.ModelRefusedException;
import io.hedgerow.compiler.network.Head;
import io.hedgerow.compiler.network.Node;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The gradient of the explained scores through the head, as far as TensorFlow's C++ library has it. */
final class HeadGradient {
    private static final Pattern MISSING = Pattern.compile("No gradient defined for op: (\\w+)");

    private final Graph graph;
    private final Ops root;
    private final Head head;
    private final HeadCopy copy;

    HeadGradient(Graph graph, Head head, HeadCopy copy) {
        this.graph = graph;
        this.root = Ops.create(graph);
        this.head = head;
        this.copy = copy;
    }

    /**
     * At the reference layer.
     *
     * @throws ModelRefusedException if an operation of the head has none, or none gets past
     */
    @SuppressWarnings("unchecked")
    Operand<TFloat32> of(Operand<TFloat32> scores, Operand<TFloat32> reference) {
        Output<?> found;
        try {
            found = graph.addGradients(scores.asOutput(), new Output<?>[] {reference.asOutput()})[0];
        } catch (TensorFlowException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new ModelRefusedException(
                    ("the scores '%s' can't be differentiated back to the reference layer '%s': %s; choose an output of the"
                                    + " model that lies before that with --output, or save the model without it")
                            .formatted(head.scores(), head.reference(), reason(String.valueOf(e.getMessage()))),
                    e);
        }
        try {
            return root.withName(ExplanationGraph.GRADIENT).identity((Operand<TFloat32>) found);
        } catch (IllegalStateException e) {
            // TensorFlow gives a tensor of no graph where there is no gradient
            throw new ModelRefusedException(
                    "the scores '%s' have no gradient at the reference layer '%s'; another may be chosen with --reference-layer"
                            .formatted(head.scores(), head.reference()),
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
