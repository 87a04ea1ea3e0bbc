package io.hedgerow.compiler.frontend.flat;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.util.Collection;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** How large constants may be, each and in all. */
public final class ConstantLimits {
    /** The largest tensor taken from a model: VGG's largest has 411 MB. A graph's proto must stay under 2 GiB. */
    public static final long MAX_BYTES = 1L << 29;

    /** All of a model's constants: a graph's proto can't hold 2 GiB. */
    public static final long MAX_TOTAL_BYTES = 3L << 29;

    private ConstantLimits() {}

    /**
     * Bytes of a tensor.
     *
     * @param where what holds the tensor, for the error
     * @throws ModelRefusedException if the shape is not fully known, or the tensor is larger than {@link #MAX_BYTES}
     */
    public static long bytes(DataType type, Shape shape, String where) {
        long bytes = Math.max(1, TensorProtos.elementBytes(type));
        if (shape.isUnknown() || shape.hasUnknownDimension()) {
            throw new ModelRefusedException(
                    "%s holds a tensor of unknown shape%s".formatted(where, shape.isUnknown() ? "" : " " + shape));
        }
        for (long size : shape.asArray()) {
            // each factor is bounded first, so that the product can't overflow
            if (size < 0 || size > MAX_BYTES || bytes * size > MAX_BYTES) {
                throw new ModelRefusedException(
                        "%s holds a tensor of shape %s; at most %d bytes are taken".formatted(where, shape, MAX_BYTES));
            }
            bytes *= size;
        }
        return bytes;
    }

    /** Checks a constant that came from outside, before native code reads it. */
    public static void check(NodeDef node, String where) {
        TensorProto value = NodeDefs.value(node);
        DataType type = NodeDefs.type(node, NodeDefs.DTYPE);
        if (value.getDtype() != type) {
            throw new ModelRefusedException("%s declares %s but holds %s".formatted(where, type, value.getDtype()));
        }
        if (TensorProtos.elementBytes(type) == 0) {
            throw new ModelRefusedException(
                    "%s is a constant of type %s, on the way from the image to the output; only numbers can be there"
                            .formatted(where, type));
        }
        long bytes = bytes(type, TensorProtos.shape(value), where);
        int held = value.getTensorContent().size();
        if (held != 0 && held != bytes) {
            throw new ModelRefusedException("%s holds %d bytes, but its shape takes %d".formatted(where, held, bytes));
        }
    }

    /** Refuses nodes whose constants and variables take too much in all, however few bytes declare them. */
    public static void checkTotal(Collection<NodeDef> nodes) {
        long total = 0;
        for (NodeDef node : nodes) {
            if (NodeDefs.isConstant(node)) {
                total += bytes(
                        NodeDefs.type(node, NodeDefs.DTYPE),
                        TensorProtos.shape(NodeDefs.value(node)),
                        "node " + node.getName());
            }
        }
        if (total > MAX_TOTAL_BYTES) {
            throw new ModelRefusedException(
                    "the model's weights take %d bytes; at most %d are taken".formatted(total, MAX_TOTAL_BYTES));
        }
    }
}
