package io.hedgerow.compiler.frontend.passes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.frontend.FrontendOptions;
import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.frontend.FrozenSession;
import io.hedgerow.compiler.frontend.SavedModelReader;
import io.hedgerow.compiler.frontend.TestModel;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.npy.NpyArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

class PositionwiseProductsTest {
    private static final float[] WEIGHTS = {1, 2, 3, 4, 5, 6};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"BatchMatMulV2", "Einsum", "MatMul"})
    void shouldReadAProductAtEachPositionAsAConvolution(String operation) throws IOException {
        FrozenModel model = model(product(operation, false), 3, 2);

        assertThat(model.graph().getNodeList())
                .extracting(NodeDef::getOp)
                .contains("Conv2D")
                .doesNotContain(operation);
        assertThat(FrozenSession.run(model, ones())).containsExactly(1 + 3 + 5, 2 + 4 + 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BatchMatMulV2", "MatMul"})
    void shouldTransposeWeightsThatAreAppliedTransposed(String operation) throws IOException {
        FrozenModel model = model(product(operation, true), 2, 3);

        assertThat(model.graph().getNodeList()).extracting(NodeDef::getOp).contains("Conv2D");
        assertThat(FrozenSession.run(model, ones())).containsExactly(1 + 2 + 3, 4 + 5 + 6);
    }

    @Test
    void shouldLeaveTheProductOfAFlattenedImageAlone() throws IOException {
        new TestModel()
                .node(sizes("rows", 4 * 4 * 3))
                .node(reshape("rows", "images"))
                .node(weights(4 * 4 * 3, 1, new float[48]))
                .node(product("MatMul", false))
                .output("scores", "product:0", DataType.DT_FLOAT, 2)
                .write(folder);

        FrozenModel model = new SavedModelReader().load(folder, FrontendOptions.DEFAULT);

        assertThat(model.graph().getNodeList()).extracting(NodeDef::getOp).contains("MatMul");
    }

    private FrozenModel model(NodeDef product, int rows, int columns) throws IOException {
        boolean flat = product.getOp().equals("MatMul");
        TestModel model = new TestModel().node(weights(rows, columns, WEIGHTS));
        if (flat) {
            model.node(sizes("rows", 3)).node(reshape("rows", "images"));
        }
        model.node(product);
        if (flat) {
            model.node(sizes("back", 4, 4, 2)).node(reshape("back", "product"));
        }
        model.node(TestModel.mean("mean", flat ? "back" : "product"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);
        return new SavedModelReader().load(folder, FrontendOptions.DEFAULT);
    }

    private static NodeDef product(String operation, boolean transposed) {
        NodeDef.Builder product = TestModel.node(
                        "product", operation, operation.equals("MatMul") ? "rows" : "images", "weights")
                .putAttr("T", TestModel.type(DataType.DT_FLOAT));
        return switch (operation) {
            case "MatMul" -> product.putAttr("transpose_b", flag(transposed)).build();
            case "BatchMatMulV2" -> product.putAttr("adj_y", flag(transposed)).build();
            default ->
                product.putAttr("equation", TestModel.string("abcd,de->abce"))
                        .putAttr("N", AttrValue.newBuilder().setI(2).build())
                        .build();
        };
    }

    private static AttrValue flag(boolean value) {
        return AttrValue.newBuilder().setB(value).build();
    }

    private static NodeDef reshape(String name, String input) {
        return TestModel.node(name, "Reshape", input, name + "_sizes")
                .putAttr("T", TestModel.type(DataType.DT_FLOAT))
                .putAttr("Tshape", TestModel.type(DataType.DT_INT32))
                .build();
    }

    /** The sizes of {@link #reshape}, the first left open. */
    private static NodeDef sizes(String name, long... inner) {
        long[] sizes = new long[inner.length + 1];
        sizes[0] = -1;
        System.arraycopy(inner, 0, sizes, 1, inner.length);
        return NodeDefs.constant(
                name + "_sizes", TensorProtos.integers(DataType.DT_INT32, Shape.of(sizes.length), sizes));
    }

    private static NodeDef weights(int rows, int columns, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return NodeDefs.constant(
                "weights", TensorProtos.tensor(DataType.DT_FLOAT, Shape.of(rows, columns), ByteString.copyFrom(bytes)));
    }

    private static NpyArray ones() {
        float[] values = new float[4 * 4 * 3];
        Arrays.fill(values, 1);
        return NpyArray.of(values, 1, 4, 4, 3);
    }
}
