package io.hedgerow.compiler.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.compiler.hedging.Values;
import io.hedgerow.engine.TensorFlowRuntime;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2dBackpropInput;
import org.tensorflow.op.nn.DepthwiseConv2dNativeBackpropInput;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Of images of 14 × 13 whose top, bottom, left and right are padded by 1, 0, 2 and 1. */
class ConvolutionGradientTest {
    private static final List<Long> PADDINGS = List.of(0L, 0L, 1L, 0L, 2L, 1L, 0L, 0L);
    private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);
    private static final int[] PLANE = {2, 14, 13};

    @BeforeAll
    static void start() {
        TensorFlowRuntime.start();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "1, true", "2, true"})
    void shouldBeTensorFlowsWherePaddingIsExplicit(long stride, boolean depthwise) {
        Geometry geometry = geometry(stride);
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            int outputs = depthwise ? 8 : 12;
            Operand<TInt32> sizes = sizes(tf);
            Operand<TFloat32> y = y(tf, stride, outputs);
            Operand<TFloat32> kernel = random(tf, Shape.of(3, 3, 8, depthwise ? 1 : outputs));

            Operand<TFloat32> found = new ConvolutionGradient(depthwise, 1, 8, geometry).at(tf, y, kernel, sizes);
            Operand<TFloat32> expected = depthwise
                    ? tf.nn.depthwiseConv2dNativeBackpropInput(
                            sizes,
                            kernel,
                            y,
                            geometry.strides(),
                            "EXPLICIT",
                            DepthwiseConv2dNativeBackpropInput.explicitPaddings(PADDINGS))
                    : tf.nn.conv2dBackpropInput(
                            sizes,
                            kernel,
                            y,
                            geometry.strides(),
                            "EXPLICIT",
                            Conv2dBackpropInput.explicitPaddings(PADDINGS));

            assertThat(Values.of(graph, found)).containsExactly(Values.of(graph, expected), within(1e-4f));
        }
    }

    /** With few channels, as an input layer's, where windows leave over no row or as many as they can. */
    @ParameterizedTest
    @CsvSource({
        "7, 7, 2, 16, true",
        "7, 7, 2, 15, true",
        "5, 9, 2, 14, true",
        "7, 7, 3, 18, true",
        "7, 10, 3, 17, true",
        "9, 9, 4, 20, true",
        "3, 3, 2, 14, false",
        "6, 7, 2, 15, false",
        "7, 7, 1, 14, false"
    })
    void shouldBeTensorFlowsWhereStridesArePutSideBySide(int rows, int columns, int stride, int size, boolean is) {
        Geometry geometry = new Geometry(List.of(1L, (long) stride, (long) stride, 1L), ONES, "VALID", List.of());
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TInt32> sizes = tf.constant(new int[] {2, size, size, 3});
            Operand<TFloat32> y = random(tf, Shape.of(2, (size - rows) / stride + 1, (size - columns) / stride + 1, 5));
            Operand<TFloat32> kernel = random(tf, Shape.of(rows, columns, 3, 5));

            Operand<TFloat32> found = new ConvolutionGradient(false, 1, 3, geometry).at(tf, y, kernel, sizes);

            Operand<TFloat32> expected = tf.nn.conv2dBackpropInput(sizes, kernel, y, geometry.strides(), "VALID");
            assertThat(SubPixel.of(kernel.shape(), geometry).isPresent()).isEqualTo(is);
            assertThat(Values.of(graph, found)).containsExactly(Values.of(graph, expected), within(1e-4f));
        }
    }

    private static Geometry geometry(long stride) {
        return new Geometry(List.of(1L, stride, stride, 1L), ONES, "EXPLICIT", PADDINGS);
    }

    private static Operand<TInt32> sizes(Ops tf) {
        return tf.constant(new int[] {PLANE[0], PLANE[1], PLANE[2], 8});
    }

    private static Operand<TFloat32> y(Ops tf, long stride, int outputs) {
        return random(
                tf, Shape.of(PLANE[0], (PLANE[1] + 1 - 3) / stride + 1, (PLANE[2] + 3 - 3) / stride + 1, outputs));
    }

    private static Operand<TFloat32> random(Ops tf, Shape shape) {
        return tf.constant(shape, Values.random(shape.size()));
    }
}
