package io.hedgerow.compiler.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

class FixtureModelsTest {
    private static final Path MODELS = Path.of("src/test/resources/fixtures/models");
    /** Of outputs from 0 to 1 in 255 levels. */
    private static final float HALF_A_LEVEL = 0.5f / 255 + 1e-4f;

    private static final Set<String> GONE = Set.of(
            "Identity",
            "IdentityN",
            "PartitionedCall",
            "StatefulPartitionedCall",
            "VarHandleOp",
            "ReadVariableOp",
            "NoOp");

    static Stream<Path> models() throws IOException {
        try (Stream<Path> folders = Files.list(MODELS)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldFreezeToAFlatGraphThatGivesTheModelsScores(Path folder) throws IOException {
        FrozenModel model = new SavedModelReader().load(folder.resolve("saved_model"), options(folder));

        List<NodeDef> nodes = model.graph().getNodeList();
        assertThat(model.graph().getLibrary().getFunctionCount()).isZero();
        assertThat(nodes).extracting(NodeDef::getOp).doesNotContainAnyElementsOf(GONE);
        assertThat(nodes).flatExtracting(NodeDef::getInputList).noneMatch(input -> input.startsWith("^"));
        NodeDef last = node(nodes, model.outputTensor().replaceFirst(":0$", ""));
        boolean isQuantised = last.getOp().startsWith("FakeQuant");
        String activation = isQuantised
                ? node(nodes, last.getInput(0).replaceFirst(":0$", "")).getOp()
                : last.getOp();
        NpyArray logits = Npy.read(folder.resolve("logits.npy"));
        float[] scores = FrozenSession.run(model, Npy.read(folder.resolve("input.npy")));
        assertThat(scores)
                .usingComparatorWithPrecision(isQuantised ? HALF_A_LEVEL : 1e-4f)
                .containsExactly(activated(activation, logits));
    }

    private static NodeDef node(List<NodeDef> nodes, String name) {
        return nodes.stream()
                .filter(node -> node.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tf1_learning_phase", "tf1_two_shards"})
    void shouldFreezeModelsOfTensorFlowOne(String name) throws IOException {
        Path folder = Path.of("src/test/resources/fixtures/frontend", name);

        FrozenModel model = new SavedModelReader().load(folder.resolve("saved_model"), FrontendOptions.DEFAULT);

        float[] output = Npy.read(folder.resolve("output.npy")).toFloats();
        float[] scores = FrozenSession.run(model, Npy.read(folder.resolve("input.npy")));
        assertThat(scores).usingComparatorWithPrecision(1e-5f).containsExactly(output);
        assertThat(model.graph().getNodeList())
                .extracting(NodeDef::getOp)
                .doesNotContain("Switch", "Merge", "Select", "SelectV2", "RandomUniform", "VariableV2");
    }

    @Test
    void shouldFindVariablesBySavedObjectsWhereNoRestoreOperationNamesThem(@TempDir Path copy) throws IOException {
        Path folder = MODELS.resolve("binary_gray_keras3");
        Path original = folder.resolve("saved_model");
        SavedModel.Builder graph =
                SavedModel.parseFrom(Files.readAllBytes(original.resolve("saved_model.pb"))).toBuilder();
        graph.getMetaGraphsBuilder(0).getSaverDefBuilder().clearRestoreOpName();
        Files.write(copy.resolve("saved_model.pb"), graph.build().toByteArray());
        Files.createDirectory(copy.resolve("variables"));
        for (String file : List.of("variables/variables.index", "variables/variables.data-00000-of-00001")) {
            Files.copy(original.resolve(file), copy.resolve(file));
        }

        FrozenModel found = new SavedModelReader().load(copy, FrontendOptions.DEFAULT);

        FrozenModel restored = new SavedModelReader().load(original, FrontendOptions.DEFAULT);
        assertThat(found.graph()).isEqualTo(restored.graph());
        assertThat(found.digest()).isNotEqualTo(restored.digest());
    }

    private static FrontendOptions options(Path folder) throws IOException {
        Path file = folder.resolve("options.properties");
        Properties options = new Properties();
        if (Files.exists(file)) {
            options.load(new StringReader(Files.readString(file)));
        }
        return new FrontendOptions(null, options.getProperty("output"));
    }

    private static float[] activated(String operation, NpyArray logits) {
        float[] activated = logits.toFloats();
        if (operation.equals("Sigmoid")) {
            for (int i = 0; i < activated.length; i++) {
                activated[i] = (float) (1 / (1 + Math.exp(-activated[i])));
            }
        } else if (operation.equals("Softmax") || operation.equals("RealDiv")) {
            int classes = logits.shape()[1];
            for (int row = 0; row < activated.length; row += classes) {
                double sum = 0;
                for (int i = row; i < row + classes; i++) {
                    sum += Math.exp(activated[i]);
                }
                for (int i = row; i < row + classes; i++) {
                    activated[i] = (float) (Math.exp(activated[i]) / sum);
                }
            }
        }
        return activated;
    }
}
