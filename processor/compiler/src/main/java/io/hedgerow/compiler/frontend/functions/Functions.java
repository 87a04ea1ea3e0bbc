package io.hedgerow.compiler.frontend.functions;

import io.hedgerow.compiler.api.ModelRefusedException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/** A model's functions, and which nodes call which. */
public final class Functions {
    private final Map<String, FunctionDef> definitions = new HashMap<>();
    private final Map<String, Body> bodies = new HashMap<>();

    public Functions(FunctionDefLibrary library) {
        for (FunctionDef function : library.getFunctionList()) {
            definitions.put(function.getSignature().getName(), function);
        }
    }

    /** The scope that a plain call goes to, or null if the node is no plain call. */
    @Nullable
    Scope callee(Scope scope, NodeDef node) {
        return switch (node.getOp()) {
            case "PartitionedCall", "StatefulPartitionedCall" -> enter(scope, node, "f", 0);
            default -> {
                FunctionDef legacy = definitions.get(node.getOp());
                yield legacy == null ? null : scope.enter(node, body(node.getOp(), node, scope), 0, node.getAttrMap());
            }
        };
    }

    /** The scope of the branch that a conditional takes. */
    Scope branch(Scope scope, NodeDef conditional, boolean predicate) {
        return enter(scope, conditional, predicate ? "then_branch" : "else_branch", 1);
    }

    /** The definition behind a node that calls a function by the function's own name, or null. */
    @Nullable
    FunctionDef legacy(NodeDef node) {
        return definitions.get(node.getOp());
    }

    private Scope enter(Scope scope, NodeDef node, String attribute, int firstArgument) {
        NameAttrList function = node.getAttrMap().containsKey(attribute)
                ? node.getAttrOrThrow(attribute).getFunc()
                : NameAttrList.getDefaultInstance();
        return scope.enter(node, body(function.getName(), node, scope), firstArgument, function.getAttrMap());
    }

    private Body body(String name, NodeDef node, Scope scope) {
        Body body = bodies.get(name);
        if (body == null) {
            FunctionDef definition = definitions.get(name);
            if (definition == null) {
                throw new ModelRefusedException("node %s%s calls function '%s', which the model does not hold"
                        .formatted(node.getName(), scope.body().location(), name));
            }
            body = Body.of(definition);
            bodies.put(name, body);
        }
        return body;
    }
}
