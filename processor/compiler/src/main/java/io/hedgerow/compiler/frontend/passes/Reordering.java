package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.frontend.flat.FlatGraphWriter;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
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

    /** Adds what gives the rows of a tensor, one for each axis, in this order; returns it as {@code node:0}. */
    String gather(String name, String tensor, DataType elements, FlatGraphWriter out) {
        String axis = out.constant(name + "/axis", TensorProtos.integer(0));
        return out.put(NodeDefs.node(out.free(name), "GatherV2", tensor, order, axis)
                .putAttr("Tparams", NodeDefs.attribute(elements))
                .putAttr("Tindices", NodeDefs.attribute(type))
                .putAttr("Taxis", NodeDefs.attribute(DataType.DT_INT32))
                .build());
    }
}
