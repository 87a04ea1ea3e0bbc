package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.frontend.flat.Constants;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Pads after a transpose what was padded right before it, so that the padding of a tensor with channels first comes right before
 * the layer with channels last that it belongs to.
 */
public final class PaddingsLast {
    private static final Set<String> PADDINGS = Set.of("Pad", "PadV2", "MirrorPad");

    private final FlatGraph graph;
    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();

    private PaddingsLast(FlatGraph graph) {
        this.graph = graph;
    }

    /** The graph, whose constants are folded; further ones are left to be. */
    public static FlatGraph of(FlatGraph graph) {
        return new PaddingsLast(graph).write();
    }

    private FlatGraph write() {
        graph.nodes().values().forEach(this::write);
        return new FlatGraph(nodes, graph.image(), graph.output(), graph.versions()).upTo(List.of(graph.output()));
    }

    private void write(NodeDef node) {
        if (!node.getOp().equals("Transpose")) {
            put(node);
            return;
        }
        NodeDef pad = graph.node(FlatGraph.nodeOf(node.getInput(0)));
        if (!PADDINGS.contains(pad.getOp()) || !isConstant(node.getInput(1)) || !isConstant(pad.getInput(1))) {
            put(node);
            return;
        }
        String name = node.getName();
        String unpadded = name + "/unpadded";
        String paddings = name + "/paddings";
        write(node.toBuilder().setName(unpadded).setInput(0, pad.getInput(0)).build());
        new Reordering(node.getInput(1), integers(node, "Tperm"))
                .gather(paddings, pad.getInput(1), integers(pad, "Tpaddings"))
                .forEach(this::put);
        put(pad.toBuilder()
                .setName(name)
                .setInput(0, unpadded + ":0")
                .setInput(1, paddings + ":0")
                .build());
    }

    private boolean isConstant(String tensor) {
        return Constants.isConstant(graph.node(FlatGraph.nodeOf(tensor)));
    }

    private static DataType integers(NodeDef node, String attribute) {
        return Constants.type(node, attribute) == DataType.DT_INT64 ? DataType.DT_INT64 : DataType.DT_INT32;
    }

    private void put(NodeDef node) {
        nodes.put(node.getName(), node);
    }
}
