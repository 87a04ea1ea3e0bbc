package io.hedgerow.compiler.hedging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What is linear in networks of every kind that there is. */
class LinearTensorsTest {
    private final Sketch net = new Sketch(1);
    private final Operand<TFloat32> stem = net.tf.nn.relu(net.convolution("stem", net.images, 3));

    @AfterEach
    void close() {
        net.close();
    }

    /** What a convolution's output goes through, and what the next one sees of it. */
    enum Way {
        NOTHING(true),
        NORMALISATION(true),
        LAYER_NORMALISATION(true),
        POOLING(true),
        RE_INDEXING(true),
        GATE(true),
        CONSTANTS(true),
        SUM_WITH_AN_ACTIVATION(true),
        CONCATENATION_WITH_AN_ACTIVATION(true),
        SUM_OF_MULTIPLES(true),
        RELU(false),
        SWISH(false),
        HARD_SWISH(false),
        LEAKY_RELU_FROM_PARTS(false),
        LIMIT(false),
        POOLING_OF_AN_ACTIVATION(false);

        private final boolean linear;

        Way(boolean linear) {
            this.linear = linear;
        }

        Operand<TFloat32> from(Operand<TFloat32> x, Operand<TFloat32> activated, Sketch net) {
            return switch (this) {
                case NOTHING -> x;
                case NORMALISATION -> net.normalised(x);
                case LAYER_NORMALISATION -> net.byItsOwnMean(x);
                case POOLING -> net.pooled(x);
                case RE_INDEXING -> net.tf.reverse(x, net.tf.constant(new int[] {1}));
                case GATE -> net.gated(x);
                case CONSTANTS -> net.tf.math.add(net.tf.math.mul(x, net.tf.constant(2f)), net.tf.constant(1f));
                case SUM_WITH_AN_ACTIVATION -> net.sum("sum", x, activated);
                case CONCATENATION_WITH_AN_ACTIVATION -> net.concatenated(activated, x);
                case SUM_OF_MULTIPLES -> net.tf.math.add(x, net.tf.math.mul(x, net.tf.constant(2f)));
                case RELU -> net.tf.nn.relu(net.normalised(x));
                case SWISH -> net.swish(x);
                case HARD_SWISH -> net.tf.math.mul(x, net.tf.nn.relu6(net.tf.math.add(x, net.tf.constant(3f))));
                case LEAKY_RELU_FROM_PARTS ->
                    net.tf.math.add(
                            net.tf.math.mul(x, net.tf.constant(0.6f)),
                            net.tf.math.mul(net.tf.math.abs(x), net.tf.constant(0.4f)));
                case LIMIT -> net.tf.math.maximum(x, net.tf.constant(0f));
                case POOLING_OF_AN_ACTIVATION -> net.pooled(net.tf.nn.elu(x));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCallATensorLinearByWhatLiesBetweenItAndAConvolution(Way way) {
        Operand<TFloat32> x = net.convolution("first", stem, 3);
        Operand<TFloat32> seen = way.from(x, stem, net);
        Found found = find(net.tf.nn.relu(net.convolution("second", seen, 1)));

        assertThat(found.linear.isLinear(tensor(seen))).isEqualTo(way.linear);
        assertThat(found.linear.convolutions()).isEqualTo(way.linear ? 1 : 0);
    }

    /** Where a sum goes. */
    enum End {
        CONVOLUTION(true),
        NORMALISATION_AND_CONVOLUTION(true),
        HEAD(true),
        BOTH_AN_ACTIVATION_AND_A_CONVOLUTION(true),
        ANOTHER_SUM(true),
        ACTIVATION(false),
        NORMALISATION_AND_ACTIVATION(false),
        GATE_OF_ITSELF_AND_ACTIVATION(false);

        private final boolean linear;

        End(boolean linear) {
            this.linear = linear;
        }

        Operand<TFloat32> from(Operand<TFloat32> sum, Sketch net) {
            return switch (this) {
                case CONVOLUTION -> net.tf.nn.relu(net.convolution("last", sum, 1));
                case NORMALISATION_AND_CONVOLUTION -> net.tf.nn.relu(net.convolution("last", net.normalised(sum), 1));
                case HEAD -> sum;
                case BOTH_AN_ACTIVATION_AND_A_CONVOLUTION ->
                    net.concatenated(net.tf.nn.relu(sum), net.tf.nn.relu(net.convolution("last", sum, 1)));
                case ANOTHER_SUM -> net.sum("outer", sum, net.convolution("last", net.tf.nn.relu(sum), 1));
                case ACTIVATION -> net.tf.nn.relu(sum);
                case NORMALISATION_AND_ACTIVATION ->
                    net.tf.nn.relu(net.convolution("last", net.tf.nn.relu(net.normalised(sum)), 1));
                case GATE_OF_ITSELF_AND_ACTIVATION -> net.tf.nn.relu(net.gated(sum));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCallASumLinearByWhatLiesBetweenItAndTheNextConvolution(End end) {
        Operand<TFloat32> branch = net.convolution("narrow", net.tf.nn.relu(net.convolution("wide", stem, 3)), 1);
        Found found = find(end.from(net.sum("sum", stem, net.gated(branch)), net));

        assertThat(found.linear.isLinearSum(found.network.node("sum"))).isEqualTo(end.linear);
        assertThat(found.branches()).isEqualTo(end.linear ? expected(end) : List.of());
    }

    private static List<String> expected(End end) {
        return end == End.ANOTHER_SUM ? List.of("wide", "narrow", "last") : List.of("wide", "narrow");
    }

    @Test
    void shouldFindTheConvolutionsOfBranchesThatPartAtSeveralPoints() {
        Operand<TFloat32> common = net.convolution("common", stem, 3);
        Operand<TFloat32> early = net.convolution("early", common, 1);
        Operand<TFloat32> late = net.convolution("late", net.tf.nn.relu(common), 3);
        Operand<TFloat32> three = net.tf.withName("three").math.addN(List.of(early, late, net.normalised(late)));
        Found found = find(net.tf.nn.relu(net.convolution("last", three, 1)));

        assertThat(found.branches()).containsExactly("early", "late");
        assertThat(found.linear.sums()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatRelevanceComesToAndNothingElse() {
        Operand<TFloat32> x = net.convolution("first", stem, 3);
        Operand<TFloat32> signal = net.tf.nn.relu(net.convolution("second", x, 3));
        Operand<TFloat32> unreached = net.convolution("unreached", net.convolution("before", stem, 1), 1);
        Operand<TFloat32> product = net.tf.math.mul(signal, net.tf.math.sigmoid(unreached));
        Found found = find(net.tf.nn.relu(net.convolution("last", product, 1)));

        assertThat(found.linear.convolutions()).isEqualTo(1);
    }

    private Found find(Operand<TFloat32> features) {
        FrozenModel model = net.classifier(features);
        Network network = Sketch.network(model);
        return new Found(network, new LinearTensors(network, Sketch.head(model, network)));
    }

    private static TensorRef tensor(Operand<TFloat32> operand) {
        return new TensorRef(operand.asOutput().op().name(), operand.asOutput().index());
    }

    private record Found(Network network, LinearTensors linear) {
        /** With their layer's gates left out, which no relevance comes to. */
        List<String> branches() {
            return Stream.of("stem", "common", "early", "late", "wide", "narrow", "last")
                    .filter(network::contains)
                    .filter(name -> linear.isInBranch(network.node(name)))
                    .toList();
        }
    }
}
