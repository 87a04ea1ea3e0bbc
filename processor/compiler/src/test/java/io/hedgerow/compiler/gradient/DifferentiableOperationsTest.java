package io.hedgerow.compiler.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.compiler.frontend.functions.AnyNode;
import io.hedgerow.compiler.frontend.functions.OperationDefinitions;
import io.hedgerow.compiler.hedging.SupportedFamilies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Which of the operations that have a rule TensorFlow's library can't differentiate. */
class DifferentiableOperationsTest {
    private static final Path GUIDE = Path.of("../../docs/models.md");
    private static final Pattern OPERATION = Pattern.compile("\\b[A-Z]\\w*[a-z0-9]\\w*\\b");

    @Test
    void shouldListInTheGuideTheOperationsThatHaveNoGradient() throws Exception {
        OperationDefinitions definitions = OperationDefinitions.ofTensorFlow();
        Set<String> without = OPERATION
                .matcher(String.join(" ", SupportedFamilies.table().values()))
                .results()
                .map(match -> match.group())
                // the compiler writes them as the third form, which has one
                .filter(operation ->
                        !Set.of("FusedBatchNorm", "FusedBatchNormV2").contains(operation))
                .filter(operation -> !hasGradient(new AnyNode(definitions, operation)))
                .collect(Collectors.toCollection(TreeSet::new));

        String guide = Files.readString(GUIDE);
        String section = guide.substring(guide.indexOf("### Gradients"), guide.indexOf("## Several networks"));
        assertThat(section)
                .as("the guide's table")
                .contains("| without a gradient | " + String.join(", ", without) + " |");
    }

    @Test
    void shouldFindNoKernelForTheGradientOfAConvolutionInGroups() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> kernel = tf.fill(tf.constant(new int[] {1, 1, 2, 4}), tf.constant(1f));
            Operand<TFloat32> there = tf.fill(tf.constant(new int[] {1, 3, 3, 4}), tf.constant(1f));
            Operand<TFloat32> gradient = tf.nn.conv2dBackpropInput(
                    tf.constant(new int[] {1, 3, 3, 4}), kernel, there, List.of(1L, 1L, 1L, 1L), "VALID");
            try (Session session = new Session(graph)) {
                assertThatThrownBy(() -> session.runner().fetch(gradient).run().close())
                        .hasMessageContaining("grouped convolutions");
            }
        }
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
