package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.flat.FlatGraphWriter;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Pads after a transpose what was padded right before it, so that the padding of a tensor with channels first comes right before
 * the layer with channels last that it belongs to. The paddings that it computes are left to be folded.
 */
final class PaddingsLast implements GraphPass {
    @Override
    public String name() {
        return "paddings after transposes";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        FlatGraphWriter out = new FlatGraphWriter(graph);
        graph.nodes().values().forEach(node -> write(node, graph, out));
        return out.written();
    }

    private static void write(NodeDef node, FlatGraph graph, FlatGraphWriter out) {
        if (!node.getOp().equals("Transpose")) {
            out.put(node);
            return;
        }
        NodeDef pad = graph.node(TensorRef.nodeOf(node.getInput(0)));
        if (!Operations.isPadding(pad) || !isConstant(node.getInput(1), graph) || !isConstant(pad.getInput(1), graph)) {
            out.put(node);
            return;
        }
        String name = node.getName();
        String unpadded = out.free(name + "/unpadded");
        write(node.toBuilder().setName(unpadded).setInput(0, pad.getInput(0)).build(), graph, out);
        String paddings = new Reordering(node.getInput(1), integers(node, "Tperm"))
                .gather(name + "/paddings", pad.getInput(1), integers(pad, "Tpaddings"), out);
        out.put(pad.toBuilder()
                .setName(name)
                .setInput(0, unpadded + ":0")
                .setInput(1, paddings)
                .build());
    }

    private static boolean isConstant(String tensor, FlatGraph graph) {
        return NodeDefs.isConstant(graph.node(TensorRef.nodeOf(tensor)));
    }

    private static DataType integers(NodeDef node, String attribute) {
        return NodeDefs.type(node, attribute) == DataType.DT_INT64 ? DataType.DT_INT64 : DataType.DT_INT32;
    }
}
