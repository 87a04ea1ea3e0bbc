package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Node;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Output;

/** What TensorFlow can't differentiate. */
final class MissingGradient {
    private static final Pattern MISSING = Pattern.compile("No gradient defined for op: (\\w+)");

    private MissingGradient() {}

    /** Refuses a model for one. */
    static ModelRefusedException refused(Method method, String why) {
        return new ModelRefusedException(
                "%s needs the gradient at the first layers: %s; choose another method, or save the model without it"
                        .formatted(method.name(), why));
    }

    /** TensorFlow names the operation, but not where it is. */
    static String reason(Exception failure, Collection<Node> nodes) {
        String message = String.valueOf(failure.getMessage());
        Matcher missing = MISSING.matcher(message);
        if (!missing.find()) {
            return message;
        }
        return nodes.stream()
                        .filter(node -> node.operation().equals(missing.group(1)))
                        .map(Node::toString)
                        .findFirst()
                        .orElse(missing.group(1))
                + " has no gradient in TensorFlow";
    }

    /** Whether there is one: where there is none, TensorFlow gives a tensor of no graph. */
    static boolean isAt(Output<?> gradient) {
        try {
            return !gradient.op().name().isEmpty();
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
