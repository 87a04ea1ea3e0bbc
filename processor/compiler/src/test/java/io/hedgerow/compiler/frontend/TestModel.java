package io.hedgerow.compiler.frontend;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/**
 * SavedModels made by hand. Every one takes {@code images} [N, 4, 4, 3] and starts with {@code axes}, the constant
 * {1, 2}; what lies between is the test's.
 */
public final class TestModel {
    private final GraphDef.Builder graph = GraphDef.newBuilder();
    private final SignatureDef.Builder signature = SignatureDef.newBuilder();
    private final MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();

    public TestModel() {
        graph.getVersionsBuilder().setProducer(1766);
        meta.getMetaInfoDefBuilder().addTags("serve");
        input("images", DataType.DT_FLOAT, Shape.of(-1, 4, 4, 3));
        node(axes());
    }

    /** Mean over height and width of {@code images} as the output {@code scores}. */
    static TestModel ofMean() {
        return new TestModel().node(mean("mean", "images")).output("scores", "mean:0", DataType.DT_FLOAT, 2);
    }

    static NodeDef axes() {
        return NodeDefs.constant("axes", TensorProtos.integers(DataType.DT_INT32, Shape.of(2), 1, 2));
    }

    public static NodeDef mean(String name, String input) {
        return node(name, "Mean", input, "axes")
                .putAttr("T", type(DataType.DT_FLOAT))
                .putAttr("Tidx", type(DataType.DT_INT32))
                .build();
    }

    static NodeDef unary(String operation, String name, String input) {
        return node(name, operation, input)
                .putAttr("T", type(DataType.DT_FLOAT))
                .build();
    }

    static NodeDef binary(String operation, String name, String left, String right) {
        return node(name, operation, left, right)
                .putAttr("T", type(DataType.DT_FLOAT))
                .build();
    }

    static NodeDef call(String name, String function, String... inputs) {
        return node(name, "PartitionedCall", inputs)
                .putAttr("f", function(function))
                .build();
    }

    static NodeDef truth(String name, boolean value) {
        return NodeDefs.constant(
                name,
                TensorProto.newBuilder()
                        .setDtype(DataType.DT_BOOL)
                        .setTensorShape(TensorProtos.proto(Shape.scalar()))
                        .addBoolVal(value)
                        .build());
    }

    public static NodeDef.Builder node(String name, String operation, String... inputs) {
        NodeDef.Builder node = NodeDef.newBuilder().setName(name).setOp(operation);
        for (String input : inputs) {
            node.addInput(input);
        }
        return node;
    }

    public static AttrValue type(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    static AttrValue function(String name) {
        return AttrValue.newBuilder()
                .setFunc(NameAttrList.newBuilder().setName(name))
                .build();
    }

    public static AttrValue string(String value) {
        return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
    }

    /** A function of one argument {@code x}, whose result is {@code result}. */
    static FunctionDef function(String name, String result, NodeDef... nodes) {
        FunctionDef.Builder function = FunctionDef.newBuilder();
        function.getSignatureBuilder()
                .setName(name)
                .addInputArg(OpDef.ArgDef.newBuilder().setName("x").setType(DataType.DT_FLOAT))
                .addOutputArg(OpDef.ArgDef.newBuilder().setName("y").setType(DataType.DT_FLOAT));
        function.putRet("y", result);
        for (NodeDef node : nodes) {
            function.addNodeDef(node);
        }
        return function.build();
    }

    TestModel input(String key, DataType type, Shape shape) {
        signature.putInputs(key, info(key + ":0", type, shape));
        return node(NodeDefs.placeholder(key, type, shape));
    }

    public TestModel output(String key, String tensor, DataType type, int rank) {
        long[] sizes = new long[rank];
        Arrays.fill(sizes, -1);
        signature.putOutputs(key, info(tensor, type, Shape.of(sizes)));
        return this;
    }

    public TestModel node(NodeDef node) {
        graph.addNode(node);
        return this;
    }

    TestModel define(FunctionDef function) {
        graph.getLibraryBuilder().addFunction(function);
        return this;
    }

    /** Files what was made so far under one more signature. */
    TestModel signature(String key) {
        meta.putSignatureDef(key, signature.build());
        return this;
    }

    MetaGraphDef.Builder meta() {
        return meta;
    }

    /** Writes the model; as {@code serving_default} if no signature was filed. */
    public Path write(Path folder) throws IOException {
        if (meta.getSignatureDefCount() == 0) {
            signature("serving_default");
        }
        SavedModel model =
                SavedModel.newBuilder().addMetaGraphs(meta.setGraphDef(graph)).build();
        Files.createDirectories(folder);
        Files.write(folder.resolve("saved_model.pb"), model.toByteArray());
        return folder;
    }

    private static TensorInfo info(String tensor, DataType type, Shape shape) {
        return TensorInfo.newBuilder()
                .setName(tensor)
                .setDtype(type)
                .setTensorShape(TensorProtos.proto(shape))
                .build();
    }
}
