package io.hedgerow.compiler.hedging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Concatenations of concatenations, whose parts are often 0. */
class ConcatRuleTest {
    private static final String IMAGES = "images";
    private static final int SIZE = 6;

    @ParameterizedTest
    @CsvSource({
        "inner, rectified, from a concatenation itself",
        "outer inner, rectified, from another one around it",
        "normalised inner, rectified, from a normalisation of it",
        "mixed, of_images, to one that is an input and that no rule follows"
    })
    void shouldKeepRelevanceWhereAPartIsNotZero(String through, String part, String how) {
        try (Graph graph = new Graph();
                TFloat32 images = TFloat32.tensorOf(Shape.of(1, SIZE, SIZE, 1), DataBuffers.of(image()))) {
            Ops tf = Ops.create(graph);
            write(tf);
            Network network = new Network(graph.toGraphDef(), IMAGES);
            RuleContext e = context(graph, tf, network);
            HedgingContext hedging =
                    new HedgingContext(e, LinearTensors.none(network), tf.constant(new float[] {2}), Precision.FLOAT32);
            HedgingComposite rules = new HedgingComposite(network, hedging);
            List<String> nodes = List.of(through.split(" "));
            e.send(new TensorRef(nodes.get(0), 0), ones(tf, e, nodes.get(0)));
            e.arrivals().arrive();
            for (String name : nodes) {
                Node node = network.node(name);
                rules.rule(node).propagate(node, e);
                e.arrivals().arrive();
            }
            TensorRef tensor = new TensorRef(part, 0);

            float[] kept = Values.of(graph, e.arrivals().at(tensor).orElseThrow(), Map.of(IMAGES, images));

            float[] values = Values.of(graph, e.activation(tensor), Map.of(IMAGES, images));
            assertThat(values).as(how).contains(0);
            for (int i = 0; i < values.length; i++) {
                assertThat(kept[i]).isEqualTo(values[i] == 0 ? 0 : 1);
            }
        }
    }

    private static void write(Ops tf) {
        Operand<TFloat32> images =
                tf.withName(IMAGES).placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, SIZE, SIZE, 1)));
        Operand<TFloat32> kernel = tf.constant(Shape.of(1, 1, 1, 2), DataBuffers.of(1f, -1f));
        Operand<TFloat32> signed = tf.math.sub(
                tf.nn.conv2d(images, kernel, List.of(1L, 1L, 1L, 1L), "VALID"), tf.constant(new float[] {3f, -4f}));
        Operand<TFloat32> rectified = tf.withName("rectified").nn.relu(signed);
        Operand<TFloat32> ofImages = concat(tf, "of_images", images, images);
        Operand<TFloat32> inner = concat(tf, "inner", rectified, tf.nn.relu(tf.math.neg(signed)));
        Operand<TFloat32> four = tf.constant(new float[] {1f, 2f, 3f, 4f});
        Operand<TFloat32> normalised = tf.withName("normalised")
                .nn
                .fusedBatchNorm(inner, four, four, four, four, FusedBatchNorm.isTraining(false))
                .y();
        concat(tf, "outer", inner, normalised);
        concat(tf, "mixed", ofImages, rectified);
    }

    @SafeVarargs
    private static Operand<TFloat32> concat(Ops tf, String name, Operand<TFloat32>... parts) {
        return tf.withName(name).concat(List.of(parts), tf.constant(3));
    }

    /** Of one class. */
    private static RuleContext context(Graph graph, Ops tf, Network network) {
        Operand<TInt32> one = tf.constant(new int[] {1});
        return new RuleContext(graph, tf, network, one, one);
    }

    private static Operand<TFloat32> ones(Ops tf, RuleContext e, String node) {
        return e.activationRows(tf.onesLike(e.activation(new TensorRef(node, 0))));
    }

    private static float[] image() {
        float[] image = new float[SIZE * SIZE];
        for (int i = 0; i < image.length; i++) {
            image[i] = i % 8;
        }
        return image;
    }
}
