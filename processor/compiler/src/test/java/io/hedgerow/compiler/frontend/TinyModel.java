package io.hedgerow.compiler.frontend;

import static io.hedgerow.compiler.frontend.TestModel.binary;
import static io.hedgerow.compiler.frontend.TestModel.mean;
import static io.hedgerow.compiler.frontend.TestModel.node;
import static io.hedgerow.compiler.frontend.TestModel.string;
import static io.hedgerow.compiler.frontend.TestModel.type;
import static io.hedgerow.compiler.frontend.TestModel.unary;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.frontend.files.SortedTable;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorProto;

/**
 * A classifier as Keras saves one, in little: two convolutions and a dense layer inside a function, weights as captured
 * variables, a function that restores them. Compiling it takes milliseconds.
 */
final class TinyModel {
    private static final Map<String, Shape> WEIGHTS = weights();

    private TinyModel() {}

    private static Map<String, Shape> weights() {
        Map<String, Shape> weights = new LinkedHashMap<>();
        weights.put("first", Shape.of(3, 3, 3, 4));
        weights.put("second", Shape.of(3, 3, 4, 5));
        weights.put("dense", Shape.of(5, 3));
        return weights;
    }

    /** Writes the model with its variables. */
    static Path write(Path folder) throws IOException {
        TestModel model = new TestModel();
        for (var weight : WEIGHTS.entrySet()) {
            model.node(node(weight.getKey(), "VarHandleOp")
                    .putAttr("dtype", type(DataType.DT_FLOAT))
                    .putAttr(
                            "shape",
                            AttrValue.newBuilder()
                                    .setShape(TensorProtos.proto(weight.getValue()))
                                    .build())
                    .putAttr("shared_name", string("of its own"))
                    .build());
        }
        model.define(classifier()).define(restore());
        model.node(call("call", "classifier", "images", "first", "second", "dense"));
        model.node(call("restore", "restore", "first", "second", "dense"));
        model.meta().getSaverDefBuilder().setRestoreOpName("restore");
        model.output("scores", "call:0", DataType.DT_FLOAT, 2).write(folder);
        writeVariables(Files.createDirectories(folder.resolve("variables")));
        return folder;
    }

    private static FunctionDef classifier() {
        FunctionDef.Builder function = TestModel.function(
                "classifier",
                "softmax:softmax:0",
                read("w1", "first"),
                convolution("conv1", "x", "w1:value:0"),
                unary("Relu", "relu1", "conv1:output:0"),
                read("w2", "second"),
                convolution("conv2", "relu1:activations:0", "w2:value:0"),
                unary("Relu6", "relu2", "conv2:output:0"),
                TestModel.axes(),
                mean("mean", "relu2:activations:0").toBuilder()
                        .setInput(1, "axes:output:0")
                        .build(),
                read("w3", "dense"),
                binary("MatMul", "matmul", "mean:output:0", "w3:value:0"),
                unary("Softmax", "softmax", "matmul:product:0"))
                .toBuilder();
        WEIGHTS.keySet().forEach(name -> function.getSignatureBuilder().addInputArg(handle(name)));
        return function.build();
    }

    private static FunctionDef restore() {
        FunctionDef.Builder function = FunctionDef.newBuilder();
        function.getSignatureBuilder().setName("restore");
        WEIGHTS.keySet().forEach(name -> function.getSignatureBuilder().addInputArg(handle(name)));
        NodeDef.Builder restore = node("restored", "RestoreV2", "prefix:output:0", "keys:output:0", "slices:output:0");
        AttrValue.ListValue.Builder types = AttrValue.ListValue.newBuilder();
        WEIGHTS.keySet().forEach(name -> types.addType(DataType.DT_FLOAT));
        function.addNodeDef(
                restore.putAttr("dtypes", AttrValue.newBuilder().setList(types).build()));
        function.addNodeDef(strings("prefix", List.of("")));
        function.addNodeDef(strings("keys", List.copyOf(WEIGHTS.keySet())));
        function.addNodeDef(strings("slices", List.of("", "", "")));
        int i = 0;
        for (String name : WEIGHTS.keySet()) {
            function.addNodeDef(node("assign_" + name, "AssignVariableOp", name, "restored:tensors:" + i++)
                    .putAttr("dtype", type(DataType.DT_FLOAT)));
        }
        return function.build();
    }

    private static OpDef.ArgDef handle(String name) {
        return OpDef.ArgDef.newBuilder()
                .setName(name)
                .setType(DataType.DT_RESOURCE)
                .build();
    }

    private static NodeDef call(String name, String function, String... inputs) {
        return TestModel.call(name, function, inputs).toBuilder()
                .setOp("StatefulPartitionedCall")
                .build();
    }

    private static NodeDef read(String name, String variable) {
        return node(name, "ReadVariableOp", variable)
                .putAttr("dtype", type(DataType.DT_FLOAT))
                .build();
    }

    private static NodeDef convolution(String name, String input, String weights) {
        return node(name, "Conv2D", input, weights)
                .putAttr("T", type(DataType.DT_FLOAT))
                .putAttr("padding", string("SAME"))
                .putAttr(
                        "strides",
                        AttrValue.newBuilder()
                                .setList(AttrValue.ListValue.newBuilder().addAllI(List.of(1L, 1L, 1L, 1L)))
                                .build())
                .build();
    }

    private static NodeDef strings(String name, List<String> values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setDtype(DataType.DT_STRING)
                .setTensorShape(TensorProtos.proto(Shape.of(values.size())));
        values.forEach(value -> tensor.addStringVal(ByteString.copyFromUtf8(value)));
        return NodeDefs.constant(name, tensor.build());
    }

    private static void writeVariables(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        ByteString data = ByteString.EMPTY;
        Map<String, ByteString> index = new TreeMap<>();
        index.put("", BundleHeaderProto.newBuilder().setNumShards(1).build().toByteString());
        for (var weight : WEIGHTS.entrySet()) {
            ByteBuffer values = ByteBuffer.allocate((int) weight.getValue().size() * Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            while (values.hasRemaining()) {
                values.putFloat((float) random.nextDouble() - 0.4f);
            }
            index.put(
                    weight.getKey(),
                    BundleEntryProto.newBuilder()
                            .setDtype(DataType.DT_FLOAT)
                            .setShape(TensorProtos.proto(weight.getValue()))
                            .setOffset(data.size())
                            .setSize(values.capacity())
                            .setCrc32C(SortedTable.maskedChecksum(values.flip()))
                            .build()
                            .toByteString());
            data = data.concat(ByteString.copyFrom(values));
        }
        Files.write(folder.resolve("variables.index"), SortedTables.write(index));
        Files.write(folder.resolve("variables.data-00000-of-00001"), data.toByteArray());
    }
}
