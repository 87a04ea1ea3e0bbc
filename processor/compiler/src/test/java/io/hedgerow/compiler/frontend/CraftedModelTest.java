package io.hedgerow.compiler.frontend;

import static io.hedgerow.compiler.frontend.TestModel.call;
import static io.hedgerow.compiler.frontend.TestModel.function;
import static io.hedgerow.compiler.frontend.TestModel.mean;
import static io.hedgerow.compiler.frontend.TestModel.node;
import static io.hedgerow.compiler.frontend.TestModel.type;
import static io.hedgerow.compiler.frontend.TestModel.unary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.files.SortedTable;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Models made to take the compiler down: each is refused in one line, before anything of it runs. */
class CraftedModelTest {
    private static final String INDEX = "variables/variables.index";
    private static final String DATA = "variables/variables.data-00000-of-00001";
    private static final long TWO_GB = 1L << 31;

    @TempDir
    Path folder;

    @Test
    void shouldCompileTheModelThatTheOthersAreMadeFrom() throws IOException {
        TinyModel.write(folder);

        assertThat(new Compiler()
                        .compile(folder, CompileOptions.DEFAULT, folder.resolve("out"))
                        .classes())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    9223372036854775807 | 720        | needs 720 bytes at 9223372036854775807, the file has 1212
                    -1                  | 720        | the index gives 720 bytes at -1
                    100000              | 720        | variables.data
                    0                   | 719        | the index gives 719 bytes
                    0                   | 2147483648 | the index gives 2147483648 bytes
                    0                   | -1         | the index gives -1 bytes
                    """)
    void shouldRefuseAnIndexThatPointsAstray(long offset, long size, String message) throws IOException {
        TinyModel.write(folder);
        changeEntry("second", entry -> entry.setOffset(offset).setSize(size));

        refuses("second", message);
    }

    @Test
    void shouldRefuseVariablesOfAbsurdShapes() throws IOException {
        TinyModel.write(folder);
        changeEntry("second", entry -> entry.setShape(TensorProtos.proto(Shape.of(1L << 40, 1L << 40))));
        refuses("variable second", "at most 536870912 bytes are taken");

        TinyModel.write(folder);
        try (RandomAccessFile data = new RandomAccessFile(folder.resolve(DATA).toFile(), "rw")) {
            data.setLength(TWO_GB + 1);
        }
        changeEntry(
                "second", entry -> entry.setSize(TWO_GB).setOffset(0).setShape(TensorProtos.proto(Shape.of(1L << 29))));
        refuses("variable second", "at most 536870912 bytes are taken");
    }

    @Test
    void shouldRefuseFilesOfTwoGigabytes() throws IOException {
        for (String file : new String[] {"saved_model.pb", INDEX}) {
            TinyModel.write(folder);
            try (RandomAccessFile sparse =
                    new RandomAccessFile(folder.resolve(file).toFile(), "rw")) {
                sparse.setLength(TWO_GB);
            }
            refuses(file, "has 2147483648 bytes");
            Files.delete(folder.resolve(file));
        }
    }

    @Test
    void shouldRefuseConstantsThatAreSmallInTheFileAndLargeInMemory() throws IOException {
        TestModel one = new TestModel().node(filled("huge", TWO_GB / Float.BYTES));
        one.node(TestModel.binary("Mul", "scaled", "images", "huge"));
        write(one, "scaled");
        refuses("node huge", "at most 536870912 bytes are taken");

        TestModel many = new TestModel();
        String last = "images";
        for (int i = 0; i < 4; i++) {
            many.node(filled("large" + i, (1 << 29) / Float.BYTES));
            many.node(TestModel.binary("Mul", "scaled" + i, last, "large" + i));
            last = "scaled" + i;
        }
        write(many, last);
        refuses("the model's weights take 2147483656 bytes", "at most 1610612736");
    }

    @Test
    void shouldRefuseANodeThatDeclaresInputsWithoutEnd() throws IOException {
        NodeDef pack = node("pack", "Pack", "images")
                .putAttr("T", type(DataType.DT_FLOAT))
                .putAttr("N", AttrValue.newBuilder().setI(Integer.MAX_VALUE).build())
                .build();
        write(new TestModel().node(pack), "pack");

        refuses("node pack", "declares 2147483647 inputs but has 1");
    }

    @ParameterizedTest
    @CsvSource({"strides, 2, 1", "strides, 1, 2", "dilations, 2, 1"})
    void shouldRefuseStepsOverImagesAndChannels(String attribute, long images, long channels) throws IOException {
        TinyModel.write(folder);
        Path file = folder.resolve("saved_model.pb");
        SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
        AttrValue.ListValue steps = AttrValue.ListValue.newBuilder()
                .addAllI(List.of(images, 1L, 1L, channels))
                .build();
        model.getMetaGraphsBuilder(0).getGraphDefBuilder().getLibraryBuilder().getFunctionBuilderList().stream()
                .flatMap(function -> function.getNodeDefBuilderList().stream())
                .filter(node -> node.getOp().equals("Conv2D"))
                .forEach(node -> node.putAttr(
                        attribute, AttrValue.newBuilder().setList(steps).build()));
        Files.write(file, model.build().toByteArray());

        refuses("conv", "has %s of [%d, 1, 1, %d]".formatted(attribute, images, channels));
    }

    @Test
    void shouldRefuseImagesOfAbsurdSizes() throws IOException {
        TinyModel.write(folder);
        Path file = folder.resolve("saved_model.pb");
        SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
        TensorShapeProto absurd = TensorProtos.proto(Shape.of(1, 1L << 20, 1L << 20, 3));
        model.getMetaGraphsBuilder(0).getSignatureDefMap().forEach((key, signature) -> model.getMetaGraphsBuilder(0)
                .putSignatureDef(
                        key,
                        signature.toBuilder()
                                .putInputs(
                                        "images",
                                        signature.getInputsOrThrow("images").toBuilder()
                                                .setTensorShape(absurd)
                                                .build())
                                .build()));
        Files.write(file, model.build().toByteArray());

        refuses("images of [1, 1048576, 1048576, 3] can't be explained");
    }

    @Test
    void shouldRefuseWhatIsNestedTooDeep() throws IOException {
        TestModel calls = new TestModel().define(function("f0", "relu:activations:0", unary("Relu", "relu", "x")));
        for (int i = 1; i <= 100; i++) {
            calls.define(function("f" + i, "call:output:0", call("call", "f" + (i - 1), "x")));
        }
        calls.node(call("outermost", "f100", "images"));
        write(calls, "outermost");
        refuses("nested more than 64 deep");

        AttrValue deep = AttrValue.getDefaultInstance();
        for (int i = 0; i < 1_000; i++) {
            deep = AttrValue.newBuilder()
                    .setFunc(NameAttrList.newBuilder().putAttr("deeper", deep))
                    .build();
        }
        write(
                new TestModel()
                        .node(unary("Relu", "relu", "images").toBuilder()
                                .putAttr("f", deep)
                                .build()),
                "relu");
        refuses("saved_model.pb", "damaged or cut short");
    }

    @Test
    void shouldNotRunOutOfStackOnALongChain() throws IOException {
        TestModel chain = new TestModel();
        String last = "images";
        for (int i = 0; i < 20_000; i++) {
            chain.node(unary("Relu", "relu" + i, last));
            last = "relu" + i;
        }
        write(chain, last);

        refuses("no convolution lies before the reference layer");
    }

    private void changeEntry(String key, UnaryOperator<BundleEntryProto.Builder> change) throws IOException {
        Path file = folder.resolve(INDEX);
        Map<String, ByteString> index =
                new TreeMap<>(SortedTable.read(ByteBuffer.wrap(Files.readAllBytes(file)), INDEX));
        BundleEntryProto entry = BundleEntryProto.parseFrom(index.get(key));
        index.put(key, change.apply(entry.toBuilder()).build().toByteString());
        Files.write(file, SortedTables.write(index));
    }

    /** A vector of the same number, in a few bytes. */
    private static NodeDef filled(String name, long size) {
        return NodeDefs.constant(
                name,
                TensorProto.newBuilder()
                        .setDtype(DataType.DT_FLOAT)
                        .setTensorShape(TensorProtos.proto(Shape.of(size)))
                        .addFloatVal(1)
                        .build());
    }

    private void write(TestModel model, String last) throws IOException {
        model.node(mean("mean", last))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);
    }

    private void compile() throws IOException {
        new Compiler().compile(folder, CompileOptions.DEFAULT, folder.resolve("out"));
    }

    private void refuses(String... parts) {
        assertThatThrownBy(this::compile)
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    }
}
