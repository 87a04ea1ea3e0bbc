package io.hedgerow.compiler.frontend;

import static io.hedgerow.compiler.frontend.TestModel.binary;
import static io.hedgerow.compiler.frontend.TestModel.call;
import static io.hedgerow.compiler.frontend.TestModel.function;
import static io.hedgerow.compiler.frontend.TestModel.mean;
import static io.hedgerow.compiler.frontend.TestModel.node;
import static io.hedgerow.compiler.frontend.TestModel.string;
import static io.hedgerow.compiler.frontend.TestModel.truth;
import static io.hedgerow.compiler.frontend.TestModel.type;
import static io.hedgerow.compiler.frontend.TestModel.unary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

class SavedModelReaderTest {
    private static final Path VGG = Path.of("src/test/resources/fixtures/models/vgg/saved_model");
    private static final NpyArray ONES = ones();

    private final SavedModelReader reader = new SavedModelReader();

    @TempDir
    Path folder;

    @Test
    void shouldSayWhatAFolderLacksToBeAModel() throws IOException {
        refuses(folder.resolve("absent"), "absent", "does not exist");
        refuses(Files.createFile(folder.resolve("file")), "is a file");
        refuses(folder, "is no SavedModel", "saved_model.pb", "model.export");
        Files.createFile(folder.resolve("saved_model.pbtxt"));
        refuses(folder, "text form", "binary form");
    }

    @Test
    void shouldNameTheVersionsThatAFolderOfTensorFlowServingHolds() throws IOException {
        for (String version : List.of("9", "10", "export")) {
            Files.copy(
                    VGG.resolve("saved_model.pb"),
                    Files.createDirectory(folder.resolve(version)).resolve("saved_model.pb"));
        }
        Files.createDirectory(folder.resolve("11"));

        refuses(folder, "(9, 10)", "--model " + folder.resolve("10"));
    }

    @Test
    void shouldTellPointersOfGitLfsFromTheFilesThatTheyStandFor() throws IOException {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
        Path graph = Files.writeString(folder.resolve("saved_model.pb"), pointer);
        refuses(folder, graph + " is a pointer of Git LFS", "git lfs pull");

        Files.delete(graph);
        Files.copy(VGG.resolve("saved_model.pb"), graph);
        Path variables = Files.createDirectory(folder.resolve("variables"));
        Files.copy(VGG.resolve("variables/variables.index"), variables.resolve("variables.index"));
        Path data = Files.writeString(variables.resolve("variables.data-00000-of-00001"), pointer);
        refuses(folder, data + " is a pointer of Git LFS", "git lfs pull");
    }

    @Test
    void shouldRefuseAGraphThatIsCutShortOrSomethingElse() throws IOException {
        byte[] graph = Files.readAllBytes(VGG.resolve("saved_model.pb"));
        Path file = folder.resolve("saved_model.pb");

        Files.write(file, Arrays.copyOf(graph, graph.length / 2));
        refuses(folder, "saved_model.pb", "cut short");
        Files.writeString(file, "a text, and no proto");
        refuses(folder, "saved_model.pb", "damaged");
        Files.write(file, new byte[0]);
        refuses(folder, "no graph tagged 'serve'");
    }

    @Test
    void shouldRefuseVariablesThatAreMissingOrDamaged() throws IOException {
        Files.copy(VGG.resolve("saved_model.pb"), folder.resolve("saved_model.pb"));
        refuses(folder, "variables.index is missing");

        Path variables = Files.createDirectory(folder.resolve("variables"));
        byte[] index = Files.readAllBytes(VGG.resolve("variables/variables.index"));
        Path indexFile = variables.resolve("variables.index");
        Files.write(indexFile, index);
        refuses(folder, "variables.data-00000-of-00001 is missing");

        byte[] data = Files.readAllBytes(VGG.resolve("variables/variables.data-00000-of-00001"));
        Path dataFile = variables.resolve("variables.data-00000-of-00001");
        Files.write(dataFile, Arrays.copyOf(data, 20_000));
        refuses(folder, "variables.data-00000-of-00001", "the file has 20000");

        byte[] flipped = data.clone();
        flipped[flipped.length / 2] ^= 1;
        Files.write(dataFile, flipped);
        refuses(folder, "checksum does not fit", "variables.data-00000-of-00001");

        Files.write(dataFile, data);
        Files.write(indexFile, Arrays.copyOf(index, index.length - 100));
        refuses(folder, "variables.index is damaged");
    }

    @Test
    void shouldNameAVariableThatTheCheckpointLacks() throws IOException {
        NodeDef variable = node("weights", "VarHandleOp")
                .putAttr("dtype", type(DataType.DT_FLOAT))
                .putAttr("shared_name", string("weights"))
                .build();
        NodeDef read = node("read", "ReadVariableOp", "weights")
                .putAttr("dtype", type(DataType.DT_FLOAT))
                .build();
        new TestModel()
                .node(variable)
                .node(read)
                .node(binary("Mul", "scaled", "images", "read"))
                .node(mean("mean", "scaled"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);
        Files.createDirectory(folder.resolve("variables"));
        for (String file : List.of("variables/variables.index", "variables/variables.data-00000-of-00001")) {
            Files.copy(VGG.resolve(file), folder.resolve(file));
        }

        refuses(folder, "variable weights", "not in the checkpoint");
    }

    @Test
    void shouldRefuseOperationsThatReachOutOfTheGraph() throws IOException {
        for (String operation : new String[] {"ReadFile", "PyFunc", "EagerPyFunc", "Lu", "Send", "WriteFile"}) {
            new TestModel()
                    .node(unary(operation, "sneaky", "images"))
                    .node(mean("mean", "sneaky"))
                    .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                    .write(folder);
            refuses(folder, "node sneaky", "operation " + operation);
        }
    }

    @Test
    void shouldRefuseCustomOperationsByNameInsideFunctionsToo() throws IOException {
        new TestModel()
                .define(function("stem", "odd:y:0", unary("MyTeamsOperation", "odd", "x")))
                .node(call("call", "stem", "images"))
                .node(mean("mean", "call"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);

        refuses(folder, "node odd in function stem", "MyTeamsOperation");
    }

    @Test
    void shouldIgnoreWhateverTheOutputDoesNotNeed() throws IOException {
        NodeDef mean = mean("mean", "images").toBuilder().addInput("^sneaky").build();
        new TestModel()
                .node(unary("WriteFile", "sneaky", "images"))
                .node(mean)
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .output("classes", "sneaky:0", DataType.DT_INT64, 1)
                .write(folder);

        FrozenModel model = load();

        assertThat(model.graph().getNodeList()).extracting(NodeDef::getName).containsExactly("images", "axes", "mean");
        assertThat(model.dropped()).anyMatch(line -> line.contains("output classes"));
        assertThat(FrozenSession.run(model, ONES)).containsExactly(1, 1, 1);
    }

    @Test
    void shouldRefuseFunctionsThatCallThemselves() throws IOException {
        new TestModel()
                .define(function("ping", "call:output:0", call("call", "pong", "x")))
                .define(function("pong", "call:output:0", call("call", "ping", "x")))
                .node(call("call", "ping", "images"))
                .node(mean("mean", "call"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);

        refuses(folder, "function ping calls itself");
    }

    @Test
    void shouldRefuseCycles() throws IOException {
        new TestModel()
                .node(binary("AddV2", "a", "images", "b"))
                .node(unary("Relu", "b", "a"))
                .node(mean("mean", "b"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);
        refuses(folder, "cycle");

        new TestModel()
                .node(unary("Identity", "a", "b"))
                .node(unary("Identity", "b", "a"))
                .node(mean("mean", "b"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);
        refuses(folder, "cycle");
    }

    @Test
    void shouldRefuseFunctionsThatGrowWithoutEnd() throws IOException {
        TestModel model = new TestModel().define(function("f0", "relu:activations:0", unary("Relu", "relu", "x")));
        for (int i = 1; i <= 30; i++) {
            String inner = "f" + (i - 1);
            model.define(function(
                    "f" + i, "twice:output:0", call("once", inner, "x"), call("twice", inner, "once:output:0")));
        }
        model.node(call("call", "f30", "images"))
                .node(mean("mean", "call"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);

        refuses(folder, "nodes");
    }

    @Test
    void shouldInlineDeeplyNestedFunctions() throws IOException {
        TestModel model = new TestModel().define(function("f0", "relu:activations:0", unary("Relu", "relu", "x")));
        for (int i = 1; i <= 12; i++) {
            model.define(function("f" + i, "call:output:0", call("call", "f" + (i - 1), "x")));
        }
        model.node(call("call", "f12", "images"))
                .node(mean("mean", "call"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);

        FrozenModel frozen = load();

        assertThat(frozen.graph().getNodeList())
                .extracting(NodeDef::getOp)
                .containsExactlyInAnyOrder("Placeholder", "Const", "Relu", "Mean");
        assertThat(FrozenSession.run(frozen, ONES)).containsExactly(1, 1, 1);
    }

    @Test
    void shouldTakeTheBranchThatAConstantPredicateTakes() throws IOException {
        NodeDef conditional = node("branch", "StatelessIf", "training", "images")
                .putAttr("then_branch", TestModel.function("augment"))
                .putAttr("else_branch", TestModel.function("keep"))
                .build();
        new TestModel()
                .define(function("augment", "odd:y:0", unary("RandomUniform", "odd", "x")))
                .define(function("keep", "neg:y:0", unary("Neg", "neg", "x")))
                .node(truth("training", false))
                .node(conditional)
                .node(mean("mean", "branch"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);

        assertThat(FrozenSession.run(load(), ONES)).containsExactly(-1, -1, -1);
    }

    @Test
    void shouldResolveSwitchAndMergeOnTheLearningPhase() throws IOException {
        NodeDef phase = node("keras_learning_phase", "Placeholder")
                .putAttr("dtype", type(DataType.DT_BOOL))
                .build();
        NodeDef dead = unary("Exp", "dead", "switch:1");
        NodeDef live = unary("Neg", "live", "switch");
        new TestModel()
                .node(phase)
                .node(binary("Switch", "switch", "images", "keras_learning_phase"))
                .node(dead)
                .node(live)
                .node(node("merge", "Merge", "dead", "live")
                        .putAttr("T", type(DataType.DT_FLOAT))
                        .putAttr("N", AttrValue.newBuilder().setI(2).build())
                        .build())
                .node(mean("mean", "merge"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);

        assertThat(FrozenSession.run(load(), ONES)).containsExactly(-1, -1, -1);
    }

    @Test
    void shouldTakeTheBranchThatTheImagesShapeDecides() throws IOException {
        NodeDef rank = node("rank", "Rank", "images")
                .putAttr("T", type(DataType.DT_FLOAT))
                .build();
        NodeDef three = NodeDefs.constant("three", TensorProtos.integers(DataType.DT_INT32, Shape.scalar(), 3));
        NodeDef batched = node("batched", "Greater", "rank", "three")
                .putAttr("T", type(DataType.DT_INT32))
                .build();
        NodeDef conditional = node("branch", "If", "batched", "images")
                .putAttr("then_branch", TestModel.function("negate"))
                .putAttr("else_branch", TestModel.function("expand"))
                .build();
        new TestModel()
                .define(function("negate", "neg:y:0", unary("Neg", "neg", "x")))
                .define(function("expand", "odd:y:0", unary("MyTeamsOperation", "odd", "x")))
                .node(rank)
                .node(three)
                .node(batched)
                .node(conditional)
                .node(mean("mean", "branch"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);

        assertThat(FrozenSession.run(load(), ONES)).containsExactly(-1, -1, -1);
    }

    @Test
    void shouldRefuseABranchOnTheImage() throws IOException {
        NodeDef conditional = node("branch", "If", "images", "images")
                .putAttr("then_branch", TestModel.function("keep"))
                .putAttr("else_branch", TestModel.function("keep"))
                .build();
        new TestModel()
                .define(function("keep", "neg:y:0", unary("Neg", "neg", "x")))
                .node(conditional)
                .node(mean("mean", "branch"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);

        refuses(folder, "node branch", "branches on", "training=False");
    }

    @Test
    void shouldRefuseASecondInput() throws IOException {
        NodeDef other = NodeDefs.placeholder("other", DataType.DT_FLOAT, Shape.of(-1, 4, 4, 3));
        new TestModel()
                .node(other)
                .node(binary("AddV2", "sum", "images", "other"))
                .node(mean("mean", "sum"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);
        refuses(folder, "node other", "second input");

        TestModel.ofMean()
                .input("more_images", DataType.DT_FLOAT, Shape.of(-1, 8, 8, 3))
                .write(folder);
        refuses(folder, "one batch of images", "more_images", "[-1, 8, 8, 3]");
    }

    @Test
    void shouldAskWhichSignatureAndWhichOutput() throws IOException {
        Path two = TestModel.ofMean().signature("first").signature("second").write(folder.resolve("two"));
        refuses(two, "first, second");
        refuses(two, new FrontendOptions("third", null), "no signature 'third'", "first, second");
        assertThat(reader.load(two, new FrontendOptions("second", null)).signatureKey())
                .isEqualTo("second");

        Path outputs = TestModel.ofMean()
                .output("features", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder.resolve("outputs"));
        refuses(outputs, "features", "scores");
        refuses(outputs, new FrontendOptions(null, "logits"), "no output 'logits'", "scores");
        assertThat(reader.load(outputs, new FrontendOptions(null, "features")).outputKey())
                .isEqualTo("features");
    }

    @Test
    void shouldSayThatAModelGivesLabelsAlone() throws IOException {
        Path labels = new TestModel()
                .node(mean("mean", "images"))
                .output("label", "mean:0", DataType.DT_INT64, 1)
                .write(folder);

        refuses(labels, "gives no scores, only labels", "label DT_INT64", "before any argmax");
    }

    @Test
    void shouldSayWhetherALoopIsOfARecurrentLayer() throws IOException {
        refuses(looped("while", "images").write(folder.resolve("images")), "loops, over the images perhaps");
        refuses(looped("lstm/while", "images").write(folder.resolve("named")), "has a recurrent layer");
        refuses(looped("while", "features").write(folder.resolve("after")), "has a recurrent layer");
    }

    /** A convolution, and a loop that takes a tensor. */
    private static TestModel looped(String name, String input) {
        return new TestModel()
                .node(TestModel.node("features", "Conv2D", "images", "images").build())
                .node(TestModel.node(name, "While", input).build())
                .output("scores", name + ":0", DataType.DT_FLOAT, 2);
    }

    @Test
    void shouldNameTheSignatureThatTakesImagesWhereTheDefaultTakesFiles() throws IOException {
        TestModel model = TestModel.ofMean().signature("images");
        TensorInfo files = TensorInfo.newBuilder()
                .setName("files:0")
                .setDtype(DataType.DT_STRING)
                .build();
        model.meta()
                .putSignatureDef(
                        "serving_default",
                        SignatureDef.newBuilder().putInputs("files", files).build());

        refuses(model.write(folder), "files DT_STRING", "choose another with --signature: images");
    }

    @Test
    void shouldRefuseConstantsOutOfAllProportion() throws IOException {
        NodeDef huge = NodeDefs.constant(
                "huge", TensorProtos.tensor(DataType.DT_FLOAT, Shape.of(1 << 20, 1 << 20), ByteString.EMPTY));
        new TestModel()
                .node(huge)
                .node(binary("AddV2", "sum", "images", "huge"))
                .node(mean("mean", "sum"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);
        refuses(folder, "node huge", "1048576");

        NodeDef sizes =
                NodeDefs.constant("sizes", TensorProtos.integers(DataType.DT_INT32, Shape.of(4), 1, 65536, 65536, 3));
        NodeDef one = NodeDefs.constant(
                "one", TensorProtos.tensor(DataType.DT_FLOAT, Shape.scalar(), ByteString.copyFrom(new byte[4])));
        new TestModel()
                .node(sizes)
                .node(one)
                .node(binary("Fill", "fill", "sizes", "one"))
                .node(mean("wide", "fill"))
                .node(mean("mean", "images"))
                .node(binary("AddV2", "sum", "mean", "wide"))
                .output("scores", "sum:0", DataType.DT_FLOAT, 2)
                .write(folder);
        refuses(folder, "node fill", "65536");
    }

    @Test
    void shouldDropANewerAttributeOnlyAtItsDefault() throws IOException {
        OpDef newer = OpDef.newBuilder()
                .setName("Relu")
                .addAttr(OpDef.AttrDef.newBuilder().setName("steepness").setDefaultValue(string("usual")))
                .build();
        TestModel usual = new TestModel()
                .node(unary("Relu", "relu", "images").toBuilder()
                        .putAttr("steepness", string("usual"))
                        .build())
                .node(mean("mean", "relu"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2);
        usual.meta().getMetaInfoDefBuilder().getStrippedOpListBuilder().addOp(newer);
        TestModel unusual = new TestModel()
                .node(unary("Relu", "relu", "images").toBuilder()
                        .putAttr("steepness", string("more"))
                        .build())
                .node(mean("mean", "relu"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2);
        unusual.meta().getMetaInfoDefBuilder().getStrippedOpListBuilder().addOp(newer);

        usual.write(folder);
        assertThat(FrozenSession.run(load(), ONES)).containsExactly(1, 1, 1);
        unusual.write(folder);
        refuses(folder, "node relu", "steepness");
    }

    @Test
    void shouldFoldShapesAndFreeTheBatch() throws IOException {
        NodeDef shape = node("shape", "Shape", "images")
                .putAttr("T", type(DataType.DT_FLOAT))
                .build();
        NodeDef reshape = node("reshape", "Reshape", "relu", "shape")
                .putAttr("T", type(DataType.DT_FLOAT))
                .putAttr("Tshape", type(DataType.DT_INT32))
                .build();
        new TestModel()
                .node(shape)
                .node(unary("Relu", "relu", "images"))
                .node(reshape)
                .node(mean("mean", "reshape"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);

        FrozenModel model = load();

        assertThat(model.graph().getNodeList()).extracting(NodeDef::getOp).doesNotContain("Shape");
        assertThat(model.graph().getNodeList())
                .filteredOn(node -> node.getName().startsWith("shape"))
                .extracting(node -> NodeDefs.value(node).getTensorContent())
                .containsExactly(TensorProtos.integers(DataType.DT_INT32, Shape.of(4), -1, 4, 4, 3)
                        .getTensorContent());
        assertThat(FrozenSession.run(model, ONES)).containsExactly(1, 1, 1);
    }

    @Test
    void shouldBypassKerasAugmentationAndRefuseOtherRandomness() throws IOException {
        withRandomness("model/random_brightness_1/").write(folder);
        FrozenModel bypassed = load();
        assertThat(bypassed.dropped()).contains("live random augmentation model/random_brightness_1");
        assertThat(FrozenSession.run(bypassed, ONES)).containsExactly(1, 1, 1);

        withRandomness("model/dropout/").write(folder);
        refuses(folder, "node model/dropout/noise", "operation RandomUniform", "training=False");
    }

    @Test
    void shouldDropADropoutThatKeepsEverything() throws IOException {
        withDropout(0).write(folder);
        FrozenModel settled = load();
        assertThat(settled.graph().getNodeList())
                .extracting(NodeDef::getOp)
                .containsExactly("Placeholder", "Const", "Mean");
        assertThat(FrozenSession.run(settled, ONES)).containsExactly(1, 1, 1);

        withDropout(0.5f).write(folder);
        refuses(folder, "node random", "RandomUniform", "is random");
    }

    private static TestModel withDropout(float rate) {
        NodeDef shape = node("shape", "Shape", "images")
                .putAttr("T", type(DataType.DT_FLOAT))
                .build();
        NodeDef random = node("random", "RandomUniform", "shape")
                .putAttr("dtype", type(DataType.DT_FLOAT))
                .putAttr("T", type(DataType.DT_INT32))
                .build();
        NodeDef select = node("dropped", "SelectV2", "kept", "images", "zero")
                .putAttr("T", type(DataType.DT_FLOAT))
                .build();
        return new TestModel()
                .node(shape)
                .node(random)
                .node(scalar("rate", rate))
                .node(scalar("zero", 0))
                .node(binary("GreaterEqual", "kept", "random", "rate"))
                .node(select)
                .node(mean("mean", "dropped"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2);
    }

    private static NodeDef scalar(String name, float value) {
        return NodeDefs.constant(
                name,
                TensorProto.newBuilder()
                        .setDtype(DataType.DT_FLOAT)
                        .setTensorShape(TensorProtos.proto(Shape.scalar()))
                        .addFloatVal(value)
                        .build());
    }

    private static TestModel withRandomness(String layer) {
        NodeDef shape = node(layer + "shape", "Shape", "images")
                .putAttr("T", type(DataType.DT_FLOAT))
                .build();
        NodeDef noise = node(layer + "noise", "RandomUniform", layer + "shape")
                .putAttr("dtype", type(DataType.DT_FLOAT))
                .putAttr("T", type(DataType.DT_INT32))
                .build();
        return new TestModel()
                .node(shape)
                .node(noise)
                .node(binary("Mul", layer + "mul", "images", layer + "noise"))
                .node(mean("mean", layer + "mul"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2);
    }

    @Test
    void shouldDigestEveryFileOfTheModel() throws IOException {
        TestModel.ofMean().write(folder);
        String plain = load().digest();
        Files.writeString(folder.resolve("notes.txt"), "not part of the model");
        assertThat(load().digest()).isEqualTo(plain).matches("[0-9a-f]{64}");

        Files.writeString(folder.resolve("labels.txt"), "ok\n scratch \n");
        FrozenModel labelled = load();
        assertThat(labelled.digest()).isNotEqualTo(plain);
        assertThat(labelled.labels()).containsExactly("ok", "scratch");
    }

    private FrozenModel load() {
        return reader.load(folder, FrontendOptions.DEFAULT);
    }

    private void refuses(Path model, String... words) {
        refuses(model, FrontendOptions.DEFAULT, words);
    }

    private void refuses(Path model, FrontendOptions options, String... words) {
        assertThatThrownBy(() -> reader.load(model, options))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContainingAll(words);
    }

    private static NpyArray ones() {
        float[] values = new float[4 * 4 * 3];
        Arrays.fill(values, 1);
        return NpyArray.of(values, 1, 4, 4, 3);
    }
}
