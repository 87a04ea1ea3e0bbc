package io.hedgerow.compiler.method;

import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * The gradient of a convolution in groups at what it convolves, group by group: TensorFlow writes it as one operation, for which
 * it has no kernel on every CPU.
 */
final class GroupedGradient {
    private static final int CHANNELS = 3;

    private GroupedGradient() {}

    /** The nodes that compute the same as one, the last of them under its name; of one group, that one alone. */
    static List<NodeDef> of(NodeDef gradient, int groups) {
        if (groups == 1) {
            return List.of(gradient);
        }
        String name = gradient.getName();
        AttrValue type = gradient.getAttrOrThrow("T");
        AttrValue count = NodeDefs.attribute(groups);
        AttrValue index = NodeDefs.attribute(DataType.DT_INT32);
        String axis = name + "/axis";
        String plane = name + "/plane";
        String kernels = name + "/kernels";
        String outputs = name + "/outputs";
        List<NodeDef> nodes = new ArrayList<>();
        nodes.add(NodeDefs.constant(axis, TensorProtos.integer(CHANNELS)));
        nodes.add(NodeDefs.constant(plane + "/begin", TensorProtos.integers(1)));
        nodes.add(NodeDefs.constant(plane + "/size", TensorProtos.integers(2)));
        nodes.add(NodeDefs.node(plane, "Slice", gradient.getInput(0), plane + "/begin", plane + "/size")
                .putAttr("T", index)
                .putAttr("Index", index)
                .build());
        nodes.add(split(kernels, axis, gradient.getInput(1), type, count));
        nodes.add(split(outputs, axis, gradient.getInput(2), type, count));
        NodeDef.Builder joined = NodeDefs.node(name, "ConcatV2");
        for (int group = 0; group < groups; group++) {
            nodes.add(gradient.toBuilder()
                    .setName(name + "/group_" + group)
                    .setInput(0, plane)
                    .setInput(1, kernels + ":" + group)
                    .setInput(2, outputs + ":" + group)
                    .build());
            joined.addInput(name + "/group_" + group);
        }
        nodes.add(joined.addInput(axis)
                .putAttr("T", type)
                .putAttr("N", count)
                .putAttr("Tidx", index)
                .build());
        return nodes;
    }

    private static NodeDef split(String name, String axis, String tensor, AttrValue type, AttrValue count) {
        return NodeDefs.node(name, "Split", axis, tensor)
                .putAttr("T", type)
                .putAttr("num_split", count)
                .build();
    }
}
