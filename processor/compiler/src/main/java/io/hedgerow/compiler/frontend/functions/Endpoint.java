package io.hedgerow.compiler.frontend.functions;

import io.hedgerow.compiler.api.ModelRefusedException;
import org.tensorflow.proto.NodeDef;

/** One output of one node in one scope. */
public record Endpoint(Scope scope, NodeDef node, int port) {

    /** The node's name with those of the calls that lead to it, as {@code call/node}. */
    String path() {
        return scope.prefix() + node.getName();
    }

    /** The node's data input {@code index}, to be looked up in its scope. */
    String input(int index) {
        if (index >= node.getInputCount() || Scope.isControl(node.getInput(index))) {
            throw new ModelRefusedException("%s has no input %d".formatted(where(), index));
        }
        return node.getInput(index);
    }

    /** The node, its operation and its function, for errors. */
    String where() {
        return "node %s%s (operation %s)".formatted(node.getName(), scope.body().location(), node.getOp());
    }
}
