package io.hedgerow.compiler.frontend.passes;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.graph.NodeDefs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Computes in float32 what a model of mixed precision computes in float16 or bfloat16, and takes images as floats where
 * the model takes another type than float or uint8.
 */
final class FullPrecision implements GraphPass {
    private static final Set<DataType> HALF = Set.of(DataType.DT_HALF, DataType.DT_BFLOAT16);
    private static final Set<DataType> TAKEN = Set.of(DataType.DT_FLOAT, DataType.DT_UINT8);

    @Override
    public String name() {
        return "full precision";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        return castInput(graph.map(FullPrecision::widened));
    }

    private static FlatGraph castInput(FlatGraph graph) {
        DataType declared = graph.inputType();
        if (TAKEN.contains(declared)) {
            return graph;
        }
        NodeDef cast = NodeDefs.node(graph.image() + "/cast", "Cast", graph.image() + ":0")
                .putAttr("SrcT", NodeDefs.attribute(DataType.DT_FLOAT))
                .putAttr("DstT", NodeDefs.attribute(declared))
                .putAttr("Truncate", NodeDefs.attribute(false))
                .build();
        return graph.takingFirst(
                NodeDefs.placeholder(graph.image(), DataType.DT_FLOAT, graph.inputShape()), List.of(cast));
    }

    private static NodeDef widened(NodeDef node) {
        NodeDef.Builder widened = node.toBuilder();
        node.getAttrMap().forEach((name, value) -> {
            if (HALF.contains(value.getType())) {
                widened.putAttr(name, NodeDefs.attribute(DataType.DT_FLOAT));
            } else if (value.getList().getTypeList().stream().anyMatch(HALF::contains)) {
                List<DataType> types = value.getList().getTypeList().stream()
                        .map(type -> HALF.contains(type) ? DataType.DT_FLOAT : type)
                        .toList();
                widened.putAttr(
                        name,
                        value.toBuilder()
                                .setList(value.getList().toBuilder().clearType().addAllType(types))
                                .build());
            } else if (HALF.contains(value.getTensor().getDtype())) {
                widened.putAttr(name, NodeDefs.attribute(widened(value.getTensor())));
            }
        });
        return widened.build();
    }

    private static TensorProto widened(TensorProto tensor) {
        boolean brain = tensor.getDtype() == DataType.DT_BFLOAT16;
        ByteBuffer packed = tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int[] bits = packed.hasRemaining()
                ? IntStream.range(0, packed.remaining() / Short.BYTES)
                        .map(i -> packed.getShort(i * Short.BYTES) & 0xffff)
                        .toArray()
                : tensor.getHalfValList().stream().mapToInt(Integer::intValue).toArray();
        TensorProto.Builder widened =
                TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(tensor.getTensorShape());
        if (!packed.hasRemaining()) {
            // TensorFlow leaves out trailing repetitions, here as there
            IntStream.of(bits).forEach(half -> widened.addFloatVal(toFloat(half, brain)));
            return widened.build();
        }
        ByteBuffer floats = ByteBuffer.allocate(bits.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.of(bits).forEach(half -> floats.putFloat(toFloat(half, brain)));
        return widened.setTensorContent(ByteString.copyFrom(floats.flip())).build();
    }

    /** IEEE 754 binary16, or its rival with float's exponent. */
    private static float toFloat(int bits, boolean brain) {
        if (brain) {
            return Float.intBitsToFloat(bits << 16);
        }
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = exponent == 0x1f
                ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                : exponent == 0 ? Math.scalb((float) fraction, -24) : Math.scalb(1 + fraction / 1024f, exponent - 15);
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
}
