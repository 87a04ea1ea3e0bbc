package io.hedgerow.compiler.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.hedging.GradientHedging;
import io.hedgerow.compiler.method.ExplanationGraph;
import io.hedgerow.engine.TensorFlowRuntime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

class WeightsTest {
    private static final int MOST = 100_000;

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldStayOutOfTheGraphWhileAnExplanationIsWrittenAndChecked() {
        GraphDef classifier = classifier();
        Network network = new Network(classifier, "images");
        TensorRef scores = new TensorRef("scores", 0);
        List<GraphDef> checked = new ArrayList<>();

        GraphDef explanation = ExplanationGraph.of(
                        classifier,
                        network,
                        new HeadFinder(network, Map.of()).find(scores, null),
                        scores,
                        List.of(new GradientHedging()),
                        Precision.FLOAT32,
                        layer -> "anywhere",
                        (graph, checks) -> checked.add(graph.toGraphDef()))
                .definition();

        assertThat(classifier.getSerializedSize()).isGreaterThan(3 * MOST);
        assertThat(checked.get(0).getSerializedSize()).isLessThan(MOST);
        assertThat(constants(explanation)).containsAllEntriesOf(constants(classifier));
    }

    @Test
    void shouldBeTheirNumbers() {
        GraphDef classifier = classifier();
        Weights weights = Weights.of(classifier);

        assertThat(weights.names()).containsExactlyInAnyOrder("kernel", "dense");
        weights.names().forEach(name -> {
            List<Float> found = new ArrayList<>();
            try (TFloat32 tensor = weights.tensor(name)) {
                tensor.scalars().forEach(number -> found.add(number.getFloat()));
            }
            assertThat(found)
                    .containsExactly(toObjects(
                            Constant.of(NodeDefs.value(constants(classifier).get(name)))
                                    .values()));
        });
        assertThat(weights.in(weights.others())).isEqualTo(classifier);
    }

    private static Float[] toObjects(float[] values) {
        Float[] objects = new Float[values.length];
        for (int i = 0; i < values.length; i++) {
            objects[i] = values[i];
        }
        return objects;
    }

    private static Map<String, NodeDef> constants(GraphDef graph) {
        Map<String, NodeDef> constants = new HashMap<>();
        graph.getNodeList().stream()
                .filter(NodeDefs::isConstant)
                .filter(node -> node.getSerializedSize() > MOST)
                .forEach(node -> constants.put(node.getName(), node));
        return constants;
    }

    private static GraphDef classifier() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images =
                    tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 8, 8, 64)));
            Operand<TFloat32> layer = tf.nn.relu(tf.nn.conv2d(
                    tf.nn.relu(
                            tf.nn.conv2d(images, weights(tf, "first", 1, 1, 64, 64), List.of(1L, 1L, 1L, 1L), "SAME")),
                    weights(tf, "kernel", 3, 3, 64, 64),
                    List.of(1L, 1L, 1L, 1L),
                    "SAME"));
            tf.withName("scores")
                    .linalg
                    .matMul(tf.math.mean(layer, tf.constant(new int[] {1, 2})), weights(tf, "dense", 64, 800));
            return graph.toGraphDef();
        }
    }

    private static Operand<TFloat32> weights(Ops tf, String name, long... shape) {
        Random random = new Random(1);
        try (TFloat32 values = TFloat32.tensorOf(
                Shape.of(shape), t -> t.scalars().forEach(number -> number.setFloat((float) random.nextGaussian())))) {
            return tf.withName(name).constant(values);
        }
    }
}
