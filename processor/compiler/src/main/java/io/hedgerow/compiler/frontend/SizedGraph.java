package io.hedgerow.compiler.frontend;

import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.passes.ShapeFolder;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** A frozen graph for images of one size: what depends on their size alone is constant, and all shapes are known. */
public final class SizedGraph {
    private SizedGraph() {}

    /**
     * Decides the size of the images that a graph takes.
     *
     * @param graph flat, in topological order; every node is kept
     * @param input the placeholder that takes the images
     * @param shape of a batch of them, all of it known
     * @throws io.hedgerow.compiler.api.ModelRefusedException if TensorFlow doesn't accept the graph at that size
     */
    public static GraphDef of(GraphDef graph, String input, Shape shape) {
        Map<String, NodeDef> nodes = new LinkedHashMap<>();
        for (NodeDef node : graph.getNodeList()) {
            boolean isImage = node.getName().equals(input);
            nodes.put(
                    node.getName(),
                    isImage
                            ? NodeDefs.placeholder(input, NodeDefs.type(node, NodeDefs.DTYPE), shape)
                            : withPorts(node));
        }
        FlatGraph flat = new FlatGraph(nodes, input, input + ":0", graph.getVersions());
        return flat.replaced(ShapeFolder.valuesAt(flat, shape)).toProto();
    }

    /** As flat graphs have them: {@code node:0} and not {@code node}. */
    private static NodeDef withPorts(NodeDef node) {
        NodeDef.Builder written = node.toBuilder().clearInput();
        node.getInputList().stream()
                .filter(input -> !input.startsWith("^"))
                .forEach(input -> written.addInput(TensorRef.parse(input).node() + ":"
                        + TensorRef.parse(input).index()));
        return written.build();
    }
}
