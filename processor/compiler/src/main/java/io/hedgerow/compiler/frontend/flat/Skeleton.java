package io.hedgerow.compiler.frontend.flat;

import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.util.HashSet;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.TensorProto;

/**
 * A graph for shapes alone: placeholders stand in for large constants, which are weights. No shape depends on their
 * values, and TensorFlow would take time and memory to import them.
 *
 * @param graph the graph with stand-ins
 * @param sources the image and the stand-ins
 */
public record Skeleton(FlatGraph graph, Set<String> sources) {
    private static final int MAX_SHAPE_BYTES = 1024;

    public static Skeleton of(FlatGraph graph) {
        return of(graph, graph.inputShape());
    }

    public static Skeleton of(FlatGraph graph, Shape input) {
        Set<String> sources = new HashSet<>(Set.of(graph.image()));
        FlatGraph shaped = graph.map(node -> {
            if (node.getName().equals(graph.image())) {
                return NodeDefs.placeholder(node.getName(), NodeDefs.type(node, NodeDefs.DTYPE), input);
            }
            if (!NodeDefs.isConstant(node)) {
                return node;
            }
            TensorProto value = NodeDefs.value(node);
            if (value.getSerializedSize() <= MAX_SHAPE_BYTES) {
                return node;
            }
            sources.add(node.getName());
            return NodeDefs.placeholder(node.getName(), value.getDtype(), TensorProtos.shape(value.getTensorShape()));
        });
        return new Skeleton(shaped, sources);
    }
}
