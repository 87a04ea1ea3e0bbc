package io.hedgerow.compiler.frontend.functions;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.NodeDefs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * What the predicates of conditionals are, where they are constant: a learning phase, which is off; a constant; or what
 * is computed from constants and from the image's shape.
 */
public final class Predicates {
    /** Conditionals whose predicates depend on other conditionals, and so on. */
    private static final int MAX_DEPTH = 32;

    private record Tensor(Scope scope, String node, int port) {}

    private final BiFunction<Scope, String, Endpoint> resolver;
    private final Function<Endpoint, Optional<TensorProto>> evaluator;
    private final Map<Tensor, Optional<Boolean>> known = new HashMap<>();
    private final Set<Tensor> open = new HashSet<>();

    /**
     * @param resolver finds what computes an input
     * @param evaluator computes a tensor that does not depend on the images' pixels
     */
    Predicates(BiFunction<Scope, String, Endpoint> resolver, Function<Endpoint, Optional<TensorProto>> evaluator) {
        this.resolver = resolver;
        this.evaluator = evaluator;
    }

    /** Whether the tensor is true, if it is constant. */
    Optional<Boolean> truth(Scope scope, String input) {
        Endpoint endpoint = resolver.apply(scope, input);
        Tensor tensor = new Tensor(endpoint.scope(), endpoint.node().getName(), endpoint.port());
        Optional<Boolean> truth = known.get(tensor);
        if (truth != null) {
            return truth;
        }
        if (!open.add(tensor) || open.size() > MAX_DEPTH) {
            throw new ModelRefusedException(
                    endpoint.where() + " decides on a branch that it depends on, or conditionals are nested too deep");
        }
        truth = compute(endpoint);
        open.remove(tensor);
        known.put(tensor, truth);
        return truth;
    }

    private Optional<Boolean> compute(Endpoint endpoint) {
        NodeDef node = endpoint.node();
        if (node.getName().endsWith("keras_learning_phase")) {
            return Optional.of(false);
        }
        return switch (node.getOp()) {
            case NodeDefs.CONST -> Optional.of(truth(NodeDefs.value(node)));
            case "VarIsInitializedOp", "IsVariableInitialized" -> Optional.of(true);
            case "LogicalNot" -> truth(endpoint.scope(), endpoint.input(0)).map(value -> !value);
            case "LogicalAnd" -> combine(endpoint, false);
            case "LogicalOr" -> combine(endpoint, true);
            default -> evaluator.apply(endpoint).map(Predicates::truth);
        };
    }

    /** Of two truths, {@code decisive} wins whatever the other is. */
    private Optional<Boolean> combine(Endpoint endpoint, boolean decisive) {
        Optional<Boolean> left = truth(endpoint.scope(), endpoint.input(0));
        Optional<Boolean> right = truth(endpoint.scope(), endpoint.input(1));
        if (left.equals(Optional.of(decisive)) || right.equals(Optional.of(decisive))) {
            return Optional.of(decisive);
        }
        return left.isPresent() ? right : left;
    }

    /** Whether any element is not zero. */
    public static boolean truth(TensorProto value) {
        ByteString content = value.getTensorContent();
        for (int i = 0; i < content.size(); i++) {
            if (content.byteAt(i) != 0) {
                return true;
            }
        }
        return value.getBoolValList().contains(true)
                || value.getIntValList().stream().anyMatch(number -> number != 0)
                || value.getInt64ValList().stream().anyMatch(number -> number != 0);
    }
}
