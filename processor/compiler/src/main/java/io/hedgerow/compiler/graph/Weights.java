package io.hedgerow.compiler.graph;

import com.google.protobuf.ByteString;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;

/**
 * A graph's large constants, apart from it: placeholders of the same names stand for them, and are fed with them. As constants
 * each graph that is imported or given out would hold them once more, and each session twice. Immutable; shares the graph's
 * own bytes.
 */
public final class Weights {
    // RATIONALE: Why are weights fed while a model is compiled?
    private static final int LARGE = 1 << 16;

    private final Map<String, NodeDef> constants = new LinkedHashMap<>();
    private final GraphDef others;

    private Weights(GraphDef graph) {
        this.others = changed(graph, node -> {
            if (!isLarge(node)) {
                return node;
            }
            constants.put(node.getName(), node);
            return NodeDefs.placeholder(node.getName(), DataType.DT_FLOAT, TensorProtos.shape(NodeDefs.value(node)));
        });
    }

    /** Of a graph, which stays as it is. */
    public static Weights of(GraphDef graph) {
        return new Weights(graph);
    }

    /** The graph with placeholders. */
    public GraphDef others() {
        return others;
    }

    /** What was made of that graph, with the constants in it again. */
    public GraphDef in(GraphDef graph) {
        return changed(graph, node -> constants.getOrDefault(node.getName(), node));
    }

    public Set<String> names() {
        return constants.keySet();
    }

    /** One of them, to feed its placeholder with; to be closed by the caller. */
    public TFloat32 tensor(String name) {
        TensorProto value = NodeDefs.value(constants.getOrDefault(name, NodeDef.getDefaultInstance()));
        ByteString content = value.getTensorContent();
        return TFloat32.tensorOf(
                TensorProtos.shape(value),
                DataBuffers.of(content.asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()));
    }

    private static boolean isLarge(NodeDef node) {
        TensorProto value = NodeDefs.value(node);
        return NodeDefs.isConstant(node)
                && node.getInputCount() == 0
                && value.getDtype() == DataType.DT_FLOAT
                && value.getTensorContent().size() >= LARGE;
    }

    private static GraphDef changed(GraphDef graph, UnaryOperator<NodeDef> change) {
        GraphDef.Builder changed = graph.toBuilder().clearNode();
        graph.getNodeList().forEach(node -> changed.addNode(change.apply(node)));
        return changed.build();
    }
}
