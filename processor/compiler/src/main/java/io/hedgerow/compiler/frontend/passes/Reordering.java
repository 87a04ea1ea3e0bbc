package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Nodes that put axes, or what is said of each axis, into another order.
 *
 * @param order the tensor of 32- or 64-bit integers that says where each comes from, as {@code node:port}
 * @param type of these
 */
record Reordering(String order, DataType type) {

    /** A tensor with its axes in this order. */
    NodeDef transpose(String name, String tensor, DataType elements) {
        return NodeDefs.node(name, "Transpose", tensor, order)
                .putAttr("T", NodeDefs.attribute(elements))
                .putAttr("Tperm", NodeDefs.attribute(type))
                .build();
    }

    /** The rows of a tensor, one for each axis, in this order: the nodes that make it, the last of them of the name given. */
    List<NodeDef> gather(String name, String tensor, DataType elements) {
        String first = name + "/axis";
        NodeDef gather = NodeDefs.node(name, "GatherV2", tensor, order, first + ":0")
                .putAttr("Tparams", NodeDefs.attribute(elements))
                .putAttr("Tindices", NodeDefs.attribute(type))
                .putAttr("Taxis", NodeDefs.attribute(DataType.DT_INT32))
                .build();
        return List.of(NodeDefs.constant(first, TensorProtos.integer(0)), gather);
    }
}
