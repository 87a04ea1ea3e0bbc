package io.hedgerow.compiler.method;

import static io.hedgerow.compiler.graph.NodeDefs.attribute;

import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * The complement of the error function, erfc(x) = 1 − erf(x), by which newer TensorFlows compute GELU: their C++ library has a
 * gradient of erf alone.
 */
final class ErrorFunction {
    private static final String COMPLEMENT = "Erfc";

    private ErrorFunction() {}

    /** The nodes that compute the same and have a gradient, the last of them under its name; any other node alone. */
    static List<NodeDef> of(NodeDef node) {
        if (!node.getOp().equals(COMPLEMENT)) {
            return List.of(node);
        }
        String name = node.getName();
        NodeDef one = NodeDefs.constant(name + "/hedgerow_one", TensorProtos.number(1));
        return List.of(one, erf(node), of(name, "Sub", one.getName(), erf(node).getName()));
    }

    /**
     * The nodes that have the same gradient, though 1 is missing from their value: nothing is computed of that, and the gradient
     * refers to no node but this one and those before it.
     */
    static List<NodeDef> differentiable(NodeDef node) {
        return node.getOp().equals(COMPLEMENT)
                ? List.of(erf(node), of(node.getName(), "Neg", erf(node).getName()))
                : List.of(node);
    }

    private static NodeDef erf(NodeDef complement) {
        return of(complement.getName() + "/hedgerow_erf", "Erf", complement.getInput(0));
    }

    private static NodeDef of(String name, String operation, String... inputs) {
        return NodeDefs.node(name, operation, inputs)
                .putAttr("T", attribute(DataType.DT_FLOAT))
                .build();
    }
}
