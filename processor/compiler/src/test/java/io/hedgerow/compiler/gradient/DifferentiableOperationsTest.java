package io.hedgerow.compiler.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.frontend.functions.AnyNode;
import io.hedgerow.compiler.frontend.functions.OperationDefinitions;
import io.hedgerow.compiler.hedging.SupportedFamilies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;

/** Which of the operations that have a rule TensorFlow's library can't differentiate. */
class DifferentiableOperationsTest {
    private static final Path GUIDE = Path.of("../../docs/models.md");
    private static final Path MODELS = Path.of("src/test/resources/fixtures/models");
    private static final Pattern OPERATION = Pattern.compile("\\b[A-Z]\\w*[a-z0-9]\\w*\\b");

    @Test
    void shouldListInTheGuideTheOperationsThatHaveNoGradient() throws Exception {
        OperationDefinitions definitions = OperationDefinitions.ofTensorFlow();
        Set<String> without = OPERATION
                .matcher(String.join(" ", SupportedFamilies.table().values()))
                .results()
                .map(match -> match.group())
                // the compiler writes them as others, which have one
                .filter(operation ->
                        !Set.of("FusedBatchNorm", "FusedBatchNormV2", "Erfc").contains(operation))
                .filter(operation -> !hasGradient(new AnyNode(definitions, operation)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(section())
                .as("the guide's table")
                .contains("| without a gradient | " + String.join(", ", without) + " |");
    }

    /** A batch normalisation of rows that run along its axis of channels. */
    @Test
    void shouldDifferentiateLayerNormalisationsAsKerasTwoWritesThem(@TempDir Path out) throws Exception {
        assertThat(compile("convnext_keras2", out).selfCheck().gradient())
                .isPositive()
                .isLessThan(0.1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grouped_keras2", "shufflenet"})
    void shouldDifferentiateConvolutionsInGroups(String model, @TempDir Path out) throws Exception {
        assertThat(compile(model, out).selfCheck().gradient()).isPositive().isLessThan(0.1);
    }

    /** A ThresholdedReLU and others that jump. */
    @Test
    void shouldNotTakeAJumpBetweenTwoPointsForAFaultOfTheGradient(@TempDir Path out) throws Exception {
        assertThat(compile("activations_keras2", out).selfCheck().gradient())
                .isPositive()
                .isLessThan(0.01);
    }

    private static ExplanationInfo compile(String model, Path out) throws IOException {
        return new Compiler()
                .compile(
                        MODELS.resolve(model).resolve("saved_model"),
                        CompileOptions.DEFAULT.with("gradient-x-input"),
                        out);
    }

    private static String section() throws IOException {
        String guide = Files.readString(GUIDE);
        return guide.substring(guide.indexOf("### Gradients"), guide.indexOf("## Several networks"));
    }

    private static boolean hasGradient(AnyNode node) {
        try (Graph graph = new Graph()) {
            graph.importGraphDef(node.graph());
            Output<?> input = graph.outputOrThrow(AnyNode.INPUT + "0:0");
            try {
                graph.addGradients(graph.outputOrThrow(AnyNode.NAME + ":0"), new Output<?>[] {input});
                return true;
            } catch (TensorFlowException | IllegalArgumentException e) {
                // one that only wants to know more of its inputs' shapes is there
                return !String.valueOf(e.getMessage()).contains("No gradient defined for op");
            }
        }
    }
}
