package io.hedgerow.compiler.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * Whatever a model's files hold, reading them ends in a model or in a {@link ModelRefusedException}. More rounds, or
 * others: {@code -Dhedgerow.fuzz.rounds=100000 -Dhedgerow.fuzz.seed=7}.
 */
class SavedModelFuzzTest {
    private static final Path MODELS = Path.of("src/test/resources/fixtures/models");
    private static final int ROUNDS = Integer.getInteger("hedgerow.fuzz.rounds", 100);
    private static final long SEED = Long.getLong("hedgerow.fuzz.seed", 1);

    private final SavedModelReader reader = new SavedModelReader();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"vgg", "sequential_plain_keras3", "binary_gray_keras2"})
    void shouldReadOrRefuseAnyGraph(String name) throws IOException {
        Path source = MODELS.resolve(name).resolve("saved_model");
        copyVariables(source);
        SavedModel original = SavedModel.parseFrom(Files.readAllBytes(source.resolve("saved_model.pb")));
        List<String> words = words(original);
        Outcomes outcomes = new Outcomes();
        for (int round = 0; round < ROUNDS; round++) {
            RandomGenerator random = new SplittableRandom(SEED * 1_000_003 + round);
            ProtoMutator mutator = new ProtoMutator(random, words);
            SavedModel mutated = original;
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                mutated = random.nextInt(6) == 0 ? mutator.mutate(mutated) : withNode(mutated, random, mutator);
            }
            Files.write(folder.resolve("saved_model.pb"), mutated.toByteArray());
            outcomes.add(name + " round " + round);
        }
        assertThat(outcomes.read).as("changes that do no harm").isPositive();
        assertThat(outcomes.refused).as("changes that do harm").isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"saved_model.pb", "variables/variables.index", "variables/variables.data-00000-of-00001"})
    void shouldReadOrRefuseAnyBytes(String file) throws IOException {
        Path source = MODELS.resolve("vgg/saved_model");
        copyVariables(source);
        Files.copy(source.resolve("saved_model.pb"), folder.resolve("saved_model.pb"));
        byte[] original = Files.readAllBytes(source.resolve(file));
        Outcomes outcomes = new Outcomes();
        for (int round = 0; round < ROUNDS; round++) {
            RandomGenerator random = new SplittableRandom(SEED * 1_000_003 + round);
            byte[] mutated =
                    Arrays.copyOf(original, random.nextInt(3) > 0 ? original.length : random.nextInt(original.length));
            for (int change = random.nextInt(5); change > 0 && mutated.length > 0; change--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            Files.write(folder.resolve(file), mutated);
            outcomes.add(file + " round " + round);
        }
        assertThat(outcomes.refused).isPositive();
    }

    /** The model with a change to one node, of the main graph or of a function. */
    private static SavedModel withNode(SavedModel model, RandomGenerator random, ProtoMutator mutator) {
        if (model.getMetaGraphsCount() == 0) {
            return model;
        }
        SavedModel.Builder changed = model.toBuilder();
        GraphDef.Builder graph = changed.getMetaGraphsBuilder(0).getGraphDefBuilder();
        int functions = graph.getLibrary().getFunctionCount();
        int function = random.nextInt(-1, functions);
        if (function < 0 && graph.getNodeCount() > 0) {
            int node = random.nextInt(graph.getNodeCount());
            graph.setNode(node, mutator.mutate(graph.getNode(node)));
        } else if (function >= 0) {
            FunctionDef.Builder body = graph.getLibraryBuilder().getFunctionBuilder(function);
            int node = body.getNodeDefCount() == 0 ? 0 : random.nextInt(body.getNodeDefCount());
            if (node < body.getNodeDefCount()) {
                body.setNodeDef(node, mutator.mutate(body.getNodeDef(node)));
            }
        }
        return changed.build();
    }

    private final class Outcomes {
        private int read;
        private int refused;

        private void add(String what) {
            try {
                if (Boolean.getBoolean("hedgerow.fuzz.trace")) {
                    System.err.println(what);
                }
                reader.load(folder, FrontendOptions.DEFAULT);
                read++;
            } catch (ModelRefusedException e) {
                refused++;
                assertThat(e).as(what).hasMessageNotContaining("null");
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(what + ": " + e, e);
            }
        }
    }

    private void copyVariables(Path source) throws IOException {
        Files.createDirectory(folder.resolve("variables"));
        for (String file : List.of("variables/variables.index", "variables/variables.data-00000-of-00001")) {
            Files.copy(source.resolve(file), folder.resolve(file));
        }
    }

    private static List<String> words(SavedModel model) {
        List<String> words = new ArrayList<>(List.of("", "^", ":", "a:b:c", "../../etc/passwd", "ReadFile", "While"));
        GraphDef graph = model.getMetaGraphs(0).getGraphDef();
        List<NodeDef> nodes = new ArrayList<>(graph.getNodeList());
        for (FunctionDef function : graph.getLibrary().getFunctionList()) {
            words.add(function.getSignature().getName());
            nodes.addAll(function.getNodeDefList());
        }
        for (NodeDef node : nodes) {
            words.add(node.getName());
            words.add(node.getOp());
            words.addAll(node.getInputList());
        }
        return words;
    }
}
