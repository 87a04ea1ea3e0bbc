package io.hedgerow.compiler.frontend.functions;

import io.hedgerow.compiler.api.ModelRefusedException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/** The main graph, or one call of a function: where a name like {@code conv:0} gets its meaning. */
public final class Scope {
    private static final int MAX_DEPTH = 64;

    private final Body body;
    private final @Nullable Scope caller;
    private final @Nullable NodeDef call;
    private final int firstArgument;
    private final Map<String, AttrValue> attributes;
    private final String prefix;
    private final Map<String, Scope> callees = new HashMap<>();

    private Scope(
            Body body,
            @Nullable Scope caller,
            @Nullable NodeDef call,
            int firstArgument,
            Map<String, AttrValue> attributes,
            String prefix) {
        this.body = body;
        this.caller = caller;
        this.call = call;
        this.firstArgument = firstArgument;
        this.attributes = attributes;
        this.prefix = prefix;
    }

    public static Scope main(Body body) {
        return new Scope(body, null, null, 0, Map.of(), "");
    }

    /**
     * The scope of a call's function; always the same one for the same node.
     *
     * @param call a node of this scope
     * @param callee what it calls
     * @param firstArgument which of the call's inputs is the function's first argument
     * @param attributes values for attributes that the function leaves open
     */
    Scope enter(NodeDef call, Body callee, int firstArgument, Map<String, AttrValue> attributes) {
        return callees.computeIfAbsent(call.getName(), name -> {
            int depth = 0;
            for (Scope scope = this; scope != null; scope = scope.caller) {
                if (scope.body == callee) {
                    throw new ModelRefusedException("function %s calls itself, at node %s%s"
                            .formatted(callee.function(), name, body.location()));
                }
                depth++;
            }
            if (depth > MAX_DEPTH) {
                throw new ModelRefusedException("functions are nested more than %d deep, at node %s%s"
                        .formatted(MAX_DEPTH, name, body.location()));
            }
            return new Scope(callee, this, call, firstArgument, attributes, prefix + name + "/");
        });
    }

    public Body body() {
        return body;
    }

    /** What the names of this scope's nodes begin with in the flat graph. */
    String prefix() {
        return prefix;
    }

    Map<String, AttrValue> attributes() {
        return attributes;
    }

    /** Where the caller takes this function's argument from, to be looked up in {@link #caller()}. */
    String argument(int index) {
        if (call == null || firstArgument + index >= call.getInputCount()) {
            throw new ModelRefusedException("function %s is called without its argument %d%s"
                    .formatted(body.function(), index, call == null ? "" : ", at node " + call.getName()));
        }
        return call.getInput(firstArgument + index);
    }

    Scope caller() {
        if (caller == null) {
            throw new IllegalStateException("the main graph has no caller");
        }
        return caller;
    }

    static boolean isControl(String input) {
        return input.startsWith("^");
    }
}
