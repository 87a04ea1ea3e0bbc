package io.hedgerow.compiler.hedging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.ClassLoopRegions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Of mobile networks' blocks: a convolution widens, a depthwise one works on many channels, a third narrows. */
class StretchesTest {
    private static final List<Long> ONE = List.of(1L, 1L, 1L, 1L);

    @Test
    void shouldBeginAndEndWhereABlockIsNarrow() {
        assertThat(found(new Block(112, 16, 96, 1), 1))
                .isEqualTo(Map.of("relevance of narrowed", "relevance of images"));
    }

    @ParameterizedTest
    @CsvSource({
        "50, 16, 96, 1, small enough for several classes",
        "240, 16, 96, 1, too large for one",
        "112, 16, 96, 5, too much arithmetic",
        "112, 96, 96, 1, nowhere narrow",
        "-1, 16, 96, 1, of any size"
    })
    void shouldLeave(long size, long narrow, long wide, long kernel, String why) {
        assertThat(found(new Block(size, narrow, wide, kernel), 1)).as(why).isEmpty();
    }

    @Test
    void shouldNotSpanWhatHoldsMoreThanExplainingALayerDoes() {
        assertThat(found(new Block(112, 16, 96, 1), 2)).isNotEmpty();
        assertThat(found(new Block(112, 16, 96, 1), 20)).isEmpty();
    }

    /** With so many depthwise convolutions between what widens and what narrows. */
    private static Map<String, String> found(Block block, int depthwise) {
        Deque<String> nodes = new ArrayDeque<>(List.of("widened"));
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> x = block.widened(tf);
            for (int i = 0; i < depthwise; i++) {
                nodes.push("wide" + i);
                x = depthwise(tf, x, block.wide, "wide" + i);
            }
            nodes.push("narrowed");
            convolved(tf, x, block.wide, block.narrow, 1, "narrowed");
            Network network = new Network(graph.toGraphDef(), "images");
            ClassLoopRegions stretches = new ClassLoopRegions(network);
            for (String name : nodes) {
                Node node = network.node(name);
                stretches.narrow(node.output(), "relevance of " + name);
                stretches.through(node);
            }
            stretches.narrow(new TensorRef("images", 0), "relevance of images");
            return stretches.found();
        }
    }

    private static Operand<TFloat32> depthwise(Ops tf, Operand<TFloat32> x, long channels, String name) {
        return tf.withName(name).nn.depthwiseConv2dNative(x, kernel(tf, 3, 3, channels, 1), ONE, "SAME");
    }

    private static Operand<TFloat32> convolved(
            Ops tf, Operand<TFloat32> x, long from, long to, long kernel, String name) {
        return tf.withName(name).nn.conv2d(x, kernel(tf, kernel, kernel, from, to), ONE, "SAME");
    }

    private static Operand<TFloat32> kernel(Ops tf, long... sizes) {
        Shape shape = Shape.of(sizes);
        return tf.constant(shape, Values.random(shape.size()));
    }

    private record Block(long size, long narrow, long wide, long kernel) {
        Operand<TFloat32> widened(Ops tf) {
            Operand<TFloat32> images = tf.withName("images")
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, size, size, narrow)));
            return convolved(tf, images, narrow, wide, kernel, "widened");
        }
    }
}
