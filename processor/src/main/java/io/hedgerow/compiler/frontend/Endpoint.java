package io.hedgerow.compiler.frontend;

import org.tensorflow.proto.NodeDef;

/** One output of one node in one scope. */
record Endpoint(Scope scope, NodeDef node, int port) {

    /** The node's name with those of the calls that lead to it, as {@code call/node}. */
    String path() {
        return scope.prefix() + node.getName();
    }

    /** The node, its operation and its function, for errors. */
    String where() {
        return "node %s%s (operation %s)".formatted(node.getName(), scope.body().location(), node.getOp());
    }
}
