package io.hedgerow.compiler.hedging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.check.SelfCheck;
import io.hedgerow.compiler.frontend.FrontendOptions;
import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.frontend.SavedModelReader;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.ExplanationGraph;
import io.hedgerow.compiler.method.Method;
import io.hedgerow.compiler.method.NodeNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Linear tensors in networks of all shapes: what each layer passes on, and maps by the equations alone. */
class LinearRulesTest {
    private static final int IMAGES = 2;
    private static final int LAYERS = 9;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldPassOnWhatTheMethodStatesInAnyNetwork(long seed) {
        try (Sketch net = new Sketch(seed)) {
            FrozenModel model = net.classifier(features(net, new Random(seed)));

            Explained explained = explain(model, new GradientHedging());

            assertThat(explained.check.relevance()).isBetween(0.0, 1e-4);
            assertThat(linear(explained.graph).convolutions()).isPositive();
            assertThat(difference(explained, explain(model, AlteredHedging.naive(NaiveConvolution.Mistake.NONE))))
                    .isLessThan(1e-3);
        }
    }

    @Test
    void shouldGiveChannelsThatAreAlwaysZeroWhatInactiveInputsGet() {
        try (Sketch net = new Sketch(2)) {
            Operand<TFloat32> stem = net.tf.nn.relu(net.convolution("stem", net.images, 3));
            Operand<TFloat32> linear = net.depthwise("depthwise", net.dead("dead", stem));
            FrozenModel model = net.classifier(net.tf.nn.relu(net.convolution("layer", linear, 1)));

            Explained explained = explain(model, new GradientHedging());

            assertThat(linear(explained.graph)).isEqualTo(new ExplanationInfo.Linear(2, 0));
            assertThat(difference(explained, explain(model, AlteredHedging.naive(NaiveConvolution.Mistake.NONE))))
                    .isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = NaiveConvolution.Mistake.class,
            names = {"NO_ACTIVE_SHARE", "NO_INACTIVE_SHARE", "SIGNED_KERNEL", "RATIO_FOR_THE_NEGATIVE"})
    void shouldNoticeAMistakeInOneEquation(NaiveConvolution.Mistake mistake) {
        try (Sketch net = new Sketch(2)) {
            Operand<TFloat32> linear = net.dead("dead", net.tf.nn.relu(net.convolution("stem", net.images, 3)));
            FrozenModel model = net.classifier(net.tf.nn.relu(net.convolution("layer", linear, 3)));

            assertThatThrownBy(() -> explain(model, AlteredHedging.naive(mistake)))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageContaining("node layer (convolution)")
                    .hasMessageContaining("the method states");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgg", "alexnet", "resnet_bottleneck", "resnet_basic", "inception", "densenet"})
    void shouldExplainThePapersNetworksAsThePaperDoes(String name) {
        FrozenModel model = new SavedModelReader()
                .load(Path.of("src/test/resources/fixtures/models", name, "saved_model"), FrontendOptions.DEFAULT);

        ExplanationGraph explained = explain(model, new GradientHedging()).graph;

        assertThat(linear(explained)).isEqualTo(new ExplanationInfo.Linear(0, 0));
        assertThat(explained.definition())
                .isEqualTo(explain(
                                model,
                                new GradientHedging(
                                        HedgingComposite::new, (network, head) -> LinearTensors.none(network)))
                        .graph
                        .definition());
    }

    /** Layers of all kinds, each on top of some that came before; the first two with nothing in between. */
    private static Operand<TFloat32> features(Sketch net, Random random) {
        List<Operand<TFloat32>> layers = new ArrayList<>();
        layers.add(net.tf.nn.relu(net.convolution("stem", net.images, 3)));
        layers.add(net.convolution("first", layers.get(0), 1));
        layers.add(net.convolution("second", layers.get(1), 3));
        for (int i = 0; i < LAYERS; i++) {
            Operand<TFloat32> last = layers.get(layers.size() - 1);
            Operand<TFloat32> earlier = layers.get(random.nextInt(layers.size()));
            layers.add(layer(i, last, earlier, net, random));
        }
        return layers.get(layers.size() - 1);
    }

    private static Operand<TFloat32> layer(
            int i, Operand<TFloat32> last, Operand<TFloat32> earlier, Sketch net, Random random) {
        BinaryOperator<Operand<TFloat32>> convolved =
                (a, b) -> net.convolution("layer" + i, net.concatenated(a, b), 1 + 2 * random.nextInt(2));
        return switch (random.nextInt(10)) {
            case 0 -> net.convolution("layer" + i, last, 1);
            case 1 -> net.convolution("layer" + i, net.tf.nn.relu(last), 3);
            case 2 -> net.depthwise("layer" + i, last);
            case 3 -> net.dead("layer" + i, last);
            case 4 -> net.swish(net.normalised(last));
            case 5 -> net.gated(last);
            case 6 -> net.pooled(last);
            case 7 -> convolved.apply(last, earlier);
            case 8 -> net.tf.math.addN(List.of(last, earlier, net.convolution("layer" + i, earlier, 1)));
            default -> net.sum("layer" + i, last, earlier);
        };
    }

    private static ExplanationInfo.Linear linear(ExplanationGraph graph) {
        return graph.explanations().get(0).result().linear();
    }

    private static Explained explain(FrozenModel model, Method method) {
        Network network = Sketch.network(model);
        Head head = Sketch.head(model, network);
        SelfCheck check = new SelfCheck(model, network, head, method.imageParameters());
        TensorRef output = TensorRef.parse(model.outputTensor());
        ExplanationGraph graph = ExplanationGraph.of(
                model.graph(), network, head, output, List.of(method), Precision.FLOAT32, layer -> "anywhere", check);
        return new Explained(graph, check.findings());
    }

    /** The largest, of the largest entry. */
    private static double difference(Explained one, Explained other) {
        float[] maps = one.maps();
        float[] others = other.maps();
        assertThat(maps).hasSameSizeAs(others);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < maps.length; i++) {
            largest = Math.max(largest, Math.abs(others[i]));
            difference = Math.max(difference, Math.abs(maps[i] - others[i]));
        }
        assertThat(largest).isPositive();
        return difference / largest;
    }

    private record Explained(ExplanationGraph graph, ExplanationInfo.SelfCheck check) {
        /** Of two images and two classes. */
        float[] maps() {
            Random random = new Random(1);
            Shape shape = Shape.of(IMAGES, Sketch.SIZE, Sketch.SIZE, 3);
            try (Graph loaded = new Graph();
                    TFloat32 images =
                            TFloat32.tensorOf(shape, t -> t.scalars().forEach(s -> s.setFloat(random.nextFloat())));
                    TInt32 classes = TInt32.tensorOf(
                            Shape.of(IMAGES, 2), t -> t.scalars().forEachIndexed((i, s) -> s.setInt((int) i[1])));
                    TFloat32 ratios = TFloat32.tensorOf(
                            Shape.of(IMAGES), t -> t.scalars().forEachIndexed((i, s) -> s.setFloat(1 + i[0])))) {
                loaded.importGraphDef(graph.definition());
                try (Session session = new Session(loaded);
                        Tensor maps = session.runner()
                                .feed("images", images)
                                .feed(NodeNames.CLASSES, classes)
                                .feed(NodeNames.imageParameter("ratio"), ratios)
                                .fetch(NodeNames.MAPS)
                                .run()
                                .get(0)) {
                    return Values.of(maps);
                }
            }
        }
    }
}
