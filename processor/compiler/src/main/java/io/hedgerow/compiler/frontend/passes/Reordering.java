package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.frontend.flat.Constants;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
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
        return NodeDef.newBuilder()
                .setName(name)
                .setOp("Transpose")
                .addInput(tensor)
                .addInput(order)
                .putAttr("T", attribute(elements))
                .putAttr("Tperm", attribute(type))
                .build();
    }

    /** The rows of a tensor, one for each axis, in this order: the nodes that make it, the last of them of the name given. */
    List<NodeDef> gather(String name, String tensor, DataType elements) {
        String first = name + "/axis";
        NodeDef gather = NodeDef.newBuilder()
                .setName(name)
                .setOp("GatherV2")
                .addInput(tensor)
                .addInput(order)
                .addInput(first + ":0")
                .putAttr("Tparams", attribute(elements))
                .putAttr("Tindices", attribute(type))
                .putAttr("Taxis", attribute(DataType.DT_INT32))
                .build();
        return List.of(Constants.node(first, Constants.integers(DataType.DT_INT32, Shape.scalar(), 0)), gather);
    }

    private static AttrValue attribute(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }
}
