package io.hedgerow.compiler.frontend;

import static io.hedgerow.compiler.graph.NodeDefs.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

class ShuffledWeightsTest {
    private static final int CONVOLUTION_1 = 3 * 3 * 3 * 4;
    private static final int CONVOLUTION_2 = 3 * 3 * 4 * 5;
    private static final int DENSE = 5 * 3;

    private final SavedModelReader reader = new SavedModelReader();

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        TinyModel.write(folder);
    }

    /** Weights by how many there are: no two layers of the model have as many. */
    private static Map<Integer, float[]> weights(GraphDef graph) {
        Map<Integer, float[]> weights = new LinkedHashMap<>();
        for (NodeDef node : graph.getNodeList()) {
            if (NodeDefs.isConstant(node) && NodeDefs.value(node).getDtype() == DataType.DT_FLOAT) {
                float[] values = Constant.of(NodeDefs.value(node)).values();
                weights.put(values.length, values);
            }
        }
        return weights;
    }

    private static float[] sorted(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    @Test
    void shouldMoveTheWeightsOfTheLastLayersOnly() {
        FrozenModel model = reader.load(folder, FrontendOptions.DEFAULT);
        Map<Integer, float[]> own = weights(model.original());
        List<Integer> layers = List.of(CONVOLUTION_1, CONVOLUTION_2, DENSE);
        assertThat(SavedModelReader.layers(model)).isEqualTo(3);
        assertThat(own).containsOnlyKeys(layers);

        for (int count = 0; count <= 3; count++) {
            FrozenModel forgetful = reader.loadForgetful(folder, FrontendOptions.DEFAULT, count, 5);
            for (GraphDef graph : List.of(forgetful.original(), forgetful.graph())) {
                Map<Integer, float[]> weights = weights(graph);
                for (int layer = 0; layer < 3; layer++) {
                    float[] before = own.get(layers.get(layer));
                    float[] after = weights.get(layers.get(layer));
                    assertThat(sorted(after)).containsExactly(sorted(before));
                    assertThat(Arrays.equals(after, before))
                            .as("layer %d of 3 with %d shuffled", layer, count)
                            .isEqualTo(layer < 3 - count);
                }
            }
        }
    }

    @Test
    void shouldMoveThemToTheSamePlacesHoweverManyLayersForget() {
        Map<Integer, float[]> one = weights(
                reader.loadForgetful(folder, FrontendOptions.DEFAULT, 1, 5).original());
        Map<Integer, float[]> all = weights(
                reader.loadForgetful(folder, FrontendOptions.DEFAULT, 3, 5).original());
        Map<Integer, float[]> other = weights(
                reader.loadForgetful(folder, FrontendOptions.DEFAULT, 3, 6).original());

        assertThat(all.get(DENSE)).containsExactly(one.get(DENSE));
        assertThat(Arrays.equals(other.get(DENSE), one.get(DENSE))).isFalse();
    }

    @Test
    void shouldCountToALayerWhatFollowsItAndToNoneWhatComesFirst() {
        List<NodeDef> nodes = List.of(
                NodeDefs.placeholder("image", DataType.DT_FLOAT, Shape.of(-1, 8, 8, 3)),
                NodeDefs.constant("mean", TensorProtos.floats(Shape.of(3), 1, 2, 3)),
                node("centred", "Sub", "image", "mean").build(),
                NodeDefs.constant("kernel", TensorProtos.floats(Shape.of(1, 1, 3, 2), 1, 2, 3, 4, 5, 6)),
                NodeDefs.constant("scale", TensorProtos.floats(Shape.of(2), 1, 2)),
                node("scaled", "Mul", "kernel", "scale").build(),
                node("convolution", "Conv2D", "centred", "scaled").build(),
                NodeDefs.constant("bias", TensorProtos.floats(Shape.of(2), 1, 2)),
                node("biased", "BiasAdd", "convolution:0", "bias").build(),
                NodeDefs.constant("slope", TensorProtos.number(0.1f)),
                node("leaky", "Mul", "biased", "slope").build(),
                NodeDefs.constant("axes", TensorProtos.integers(1, 2)),
                node("pooled", "Mean", "leaky", "axes").build(),
                NodeDefs.constant("dense", TensorProtos.floats(Shape.of(2, 2), 1, 2, 3, 4)),
                node("scores", "MatMul", "pooled", "dense").build());

        assertThat(ShuffledWeights.layers(nodes, "image"))
                .containsExactly(Set.of("kernel", "scale", "bias"), Set.of("dense"));
    }
}
