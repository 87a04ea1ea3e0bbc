package io.hedgerow.compiler.graph;

/**
 * One output of a node, as TensorFlow writes it: {@code node} or {@code node:1}.
 *
 * @param node the node's full name
 * @param index which of its outputs
 */
public record TensorRef(String node, int index) {

    public static TensorRef parse(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0
                ? new TensorRef(text, 0)
                : new TensorRef(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /** The node that computes a tensor. */
    public static String nodeOf(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }

    @Override
    public String toString() {
        return index == 0 ? node : node + ":" + index;
    }
}
