package io.hedgerow.compiler.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hedgerow.compiler.hedging.Values;
import io.hedgerow.engine.ProcessorFeatures;
import io.hedgerow.engine.TensorFlowRuntime;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class ByteConvolutionsTest {
    private static final int INPUTS = 37;
    private static final int OUTPUTS = 19;
    private static final Shape KERNEL = Shape.of(3, 3, INPUTS, OUTPUTS);
    private static final Shape IMAGES = Shape.of(2, 13, 11, INPUTS);
    private static final List<Long> EXPLICIT = List.of(0L, 0L, 2L, 1L, 0L, 2L, 0L, 0L);

    @BeforeAll
    static void start() {
        TensorFlowRuntime.start();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, SAME", "2, 1, SAME", "1, 1, VALID", "1, 2, SAME", "1, 1, EXPLICIT", "2, 1, EXPLICIT"})
    void shouldGiveTheSameToTheBit(long stride, long dilation, String padding) {
        assumeTrue(new ProcessorFeatures().multipliesBytes());
        GraphDef plain = graph(stride, dilation, padding);

        GraphDef inBytes = ByteConvolutions.in(plain);

        assertThat(operations(plain)).contains("Conv2D").doesNotContain("_FusedQuantizedConv2D");
        assertThat(operations(inBytes)).contains("_FusedQuantizedConv2D").doesNotContain("Conv2D");
        float[] expected = run(plain);
        assertThat(expected).isNotEqualTo(new float[expected.length]);
        assertThat(run(inBytes)).isEqualTo(expected);
    }

    @Test
    void shouldStillWaitForWhatTheConvolutionWaitedFor() {
        GraphDef inBytes = ByteConvolutions.in(graph(1, 1, "SAME"));

        assertThat(inBytes.getNodeList())
                .filteredOn(node -> node.getInputList().contains("^awaited"))
                .singleElement()
                .satisfies(node -> assertThat(node.getName()).startsWith("convolution"));
    }

    @ParameterizedTest
    @CsvSource({"-1, 127", "0, 128", "NaN, 127", "0, NaN"})
    void shouldLeaveAKernelThatBytesMayNotHold(float least, float most) {
        assertLeft(
                ByteConvolutionsTest::indicator,
                tf -> tf.clipByValue(tf.math.round(kernel(tf)), tf.constant(least), tf.constant(most)));
    }

    @Test
    void shouldLeaveAKernelThatMayNotBeOfWholeNumbers() {
        assertLeft(
                ByteConvolutionsTest::indicator, tf -> tf.clipByValue(kernel(tf), tf.constant(0f), tf.constant(127f)));
    }

    @Test
    void shouldLeaveWhatConvolvesOtherThanZerosAndOnes() {
        assertLeft(
                tf -> tf.dtypes.cast(tf.placeholder(TInt32.class, Placeholder.shape(IMAGES)), TFloat32.class),
                ByteConvolutionsTest::levels);
    }

    private static void assertLeft(Function<Ops, Operand<TFloat32>> input, Function<Ops, Operand<TFloat32>> kernel) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            tf.nn.conv2d(input.apply(tf), kernel.apply(tf), List.of(1L, 1L, 1L, 1L), "SAME");
            GraphDef plain = graph.toGraphDef();

            assertThat(ByteConvolutions.in(plain)).isEqualTo(plain);
        }
    }

    private static GraphDef graph(long stride, long dilation, String padding) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Ops now = tf.withControlDependencies(List.of(tf.withName("awaited").noOp()));
            now.withName("convolution")
                    .nn
                    .conv2d(
                            indicator(tf),
                            levels(tf),
                            List.of(1L, stride, stride, 1L),
                            padding,
                            Conv2d.explicitPaddings(padding.equals("EXPLICIT") ? EXPLICIT : List.of()),
                            Conv2d.dilations(List.of(1L, dilation, dilation, 1L)));
            return graph.toGraphDef();
        }
    }

    private static Operand<TFloat32> indicator(Ops tf) {
        Placeholder<TBool> images = tf.withName("images").placeholder(TBool.class, Placeholder.shape(IMAGES));
        return tf.dtypes.cast(images, TFloat32.class);
    }

    private static Operand<TFloat32> levels(Ops tf) {
        return tf.clipByValue(tf.math.round(kernel(tf)), tf.constant(0f), tf.constant(127f));
    }

    private static Operand<TFloat32> kernel(Ops tf) {
        Random random = new Random(1);
        float[] kernel = new float[Math.toIntExact(KERNEL.size())];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = 150 * random.nextFloat() - 10;
        }
        return tf.constant(KERNEL, DataBuffers.of(kernel));
    }

    private static List<String> operations(GraphDef graph) {
        return graph.getNodeList().stream().map(NodeDef::getOp).toList();
    }

    private static float[] run(GraphDef definition) {
        Random random = new Random(2);
        try (Graph graph = new Graph()) {
            graph.importGraphDef(definition);
            try (Session session = new Session(graph);
                    TBool images =
                            TBool.tensorOf(IMAGES, t -> t.scalars().forEach(s -> s.setBoolean(random.nextBoolean())));
                    Tensor result = session.runner()
                            .feed("images", images)
                            .fetch("convolution")
                            .run()
                            .get(0)) {
                return Values.of(result);
            }
        }
    }
}
