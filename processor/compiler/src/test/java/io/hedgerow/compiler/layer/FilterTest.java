package io.hedgerow.compiler.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.hedging.Values;
import io.hedgerow.engine.TensorFlowRuntime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;

/** Of a layer with many outputs, where numbers added up in bfloat16 would be off by 5 %. */
class FilterTest {
    private static final int INPUTS = 8;
    private static final int OUTPUTS = 512;

    @BeforeAll
    static void start() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldTransposeInBfloat16NearlyAsInFloat32() {
        float[] exact = back(1, Precision.FLOAT32);

        float[] found = back(1, Precision.BFLOAT16);

        assertThat(found).isNotEqualTo(exact);
        for (int i = 0; i < exact.length; i++) {
            assertThat(found[i]).isCloseTo(exact[i], within(0.01f * exact[i]));
        }
    }

    @Test
    void shouldTransposeInFloat32WhatIsNoConvolutionByItself() {
        assertThat(back(2, Precision.BFLOAT16)).isEqualTo(back(2, Precision.FLOAT32));
    }

    /** Of images that are padded by 1 all around. */
    private static float[] back(long stride, Precision precision) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> images =
                    tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 14, 14, INPUTS)));
            Operand<TFloat32> kernel =
                    tf.constant(Shape.of(3, 3, INPUTS, OUTPUTS), Values.random(9L * INPUTS * OUTPUTS));
            tf.withName("convolution")
                    .nn
                    .conv2d(
                            images,
                            kernel,
                            List.of(1L, stride, stride, 1L),
                            "EXPLICIT",
                            Conv2d.explicitPaddings(List.of(0L, 0L, 1L, 1L, 1L, 1L, 0L, 0L)));
            Network network = new Network(graph.toGraphDef(), "images");
            Convolution layer = Convolution.of(network.node("convolution"), network);
            long side = 14 / stride;
            Placeholder<TFloat32> y = tf.withName("y").placeholder(TFloat32.class);
            Operand<TFloat32> x =
                    Filter.of(layer, kernel, precision, tf).back(y, tf.constant(new int[] {2, 14, 14, INPUTS}));
            Shape shape = Shape.of(2, side, side, OUTPUTS);
            try (TFloat32 fed = TFloat32.tensorOf(shape, Values.random(shape.size()))) {
                return Values.of(graph, x, Map.of("y", fed));
            }
        }
    }
}
