package io.hedgerow.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.frontend.FrontendOptions;
import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.frontend.SavedModelReader;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.HeadFinder;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.hedging.AlteredHedging;
import io.hedgerow.compiler.hedging.AlteredRule;
import io.hedgerow.compiler.hedging.ConvolutionRule;
import io.hedgerow.compiler.hedging.GradientHedging;
import io.hedgerow.compiler.hedging.NaiveConvolution;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.layer.Kernels;
import io.hedgerow.compiler.method.ExplanationGraph;
import io.hedgerow.compiler.method.GraphCheck;
import io.hedgerow.compiler.method.Method;
import io.hedgerow.compiler.propagation.RelevanceTable;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Breaks the compiler on purpose, in each way that the self-check is there for. */
class SelfCheckTest {
    private final FrozenModel model = read("vgg");

    @Test
    void shouldFindNothingWrongWithTheMethodsRules() {
        ExplanationInfo.SelfCheck found = check(model, new GradientHedging());

        assertThat(found.layers()).isGreaterThan(10);
        assertThat(found.relevance()).isBetween(0.0, 1e-5);
        assertThat(found.gradient()).isBetween(0.0, 1e-3);
        assertThat(found.scores()).isBetween(0.0, 1e-5);
    }

    @ParameterizedTest
    @CsvSource({
        "vgg, convolution, 1.01",
        "vgg, convolution, 0",
        "vgg, input layer, 0.9",
        "vgg, pooling, 0.5",
        "vgg, pass through, 2",
        "vgg, pass through, NaN",
        "resizes, copying, 0.99",
        "resizes, interpolation, 1.01",
        "resizes, slicing, 0.99",
        "maxout_keras2, maximum, 0.99",
        "maxout_keras2, re-indexing, 0.99"
    })
    void shouldNoticeARuleThatSendsTooMuchOrTooLittle(String name, String family, float factor) {
        assertThatThrownBy(() -> check(
                        read(name),
                        AlteredHedging.with(
                                (rule, hedging) -> rule.family().equals(family) ? new Scaled(rule, factor) : rule)))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageStartingWith("the self-check failed")
                .hasMessageContaining("(" + family + ")")
                .hasMessageMatching(".*node .*" + (Float.isNaN(factor) ? "not finite.*" : "the method states .*"));
    }

    @Test
    void shouldNoticeAnotherMethodsRule() {
        assertThatThrownBy(() -> check(
                        model,
                        AlteredHedging.with(
                                (rule, hedging) -> rule instanceof ConvolutionRule ? new PlainTranspose(rule) : rule)))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("(convolution)");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldNoticeAMistakeInOneEquation(NaiveConvolution.Mistake mistake) {
        assertThatThrownBy(() -> check(model, AlteredHedging.naive(mistake)))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("(convolution)")
                .hasMessageContaining("the method states");
    }

    @Test
    void shouldFindNothingWrongWithTheEquationsAsTheyAre() {
        assertThat(check(model, AlteredHedging.naive(NaiveConvolution.Mistake.NONE))
                        .relevance())
                .isBetween(0.0, 1e-5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    hedgerow_check_gradient  | finite differences
                    hedgerow_check_start     | relevance starts with
                    """)
    void shouldNoticeASignThatIsTheWrongWayRound(String node, String message) {
        assertThatThrownBy(() -> check(model, new GradientHedging(), graph -> negated(graph, node)))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(message);
    }

    private static GraphDef negated(GraphDef graph, String name) {
        GraphDef.Builder changed = graph.toBuilder();
        for (NodeDef.Builder node : changed.getNodeBuilderList()) {
            if (node.getName().equals(name)) {
                node.setOp("Neg");
            }
        }
        return changed.build();
    }

    /** Small scores too, as of classifiers that were never trained, or of a thousand classes alike. */
    @ParameterizedTest
    @ValueSource(floats = {1, 0.1f})
    void shouldNoticeScoresThatAreNotTheModelsOwn(float weights) {
        GraphDef graph = scaled(model.graph(), weights);
        GraphDef original = scaled(model.original(), 1.1f * weights);

        assertThatThrownBy(() -> check(with(model, graph, original), new GradientHedging()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("differs from the model's own");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    StopGradient | have no gradient at the reference layer
                    Digamma      | Digamma 'between' has no gradient in TensorFlow; choose an output
                    """)
    void shouldNoticeAHeadThatHasNoGradient(String operation, String message) {
        String collapse = new HeadFinder(network(model), model.aliases())
                .find(TensorRef.parse(model.outputTensor()), null)
                .references()
                .get(0)
                .collapse();
        GraphDef graph = after(model.graph(), collapse, float32("between", operation, collapse));

        assertThatThrownBy(() -> check(with(model, graph, model.original()), new GradientHedging()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldNoticeScoresThatDependOnTheOtherImagesOfTheBatch() {
        GraphDef graph = overLargest(model.graph());

        assertThatThrownBy(() -> check(with(model, graph, overLargest(model.original())), new GradientHedging()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("depend on the other images of its batch");
    }

    /** Images divided by the largest value of all of them. */
    private GraphDef overLargest(GraphDef graph) {
        TensorProto axes = TensorProto.newBuilder()
                .setDtype(DataType.DT_INT32)
                .setTensorShape(TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(4)))
                .addAllIntVal(List.of(0, 1, 2, 3))
                .build();
        NodeDef all = NodeDef.newBuilder()
                .setName("all")
                .setOp("Const")
                .putAttr("dtype", type(DataType.DT_INT32))
                .putAttr("value", AttrValue.newBuilder().setTensor(axes).build())
                .build();
        NodeDef largest = float32("largest", "Max", model.inputName(), "all").toBuilder()
                .putAttr("Tidx", type(DataType.DT_INT32))
                .build();
        return after(
                graph, model.inputName(), all, largest, float32("scaled", "RealDiv", model.inputName(), "largest"));
    }

    /** The graph with what takes a node's output taking the last of further nodes' instead. */
    private static GraphDef after(GraphDef graph, String name, NodeDef... further) {
        GraphDef.Builder changed = graph.toBuilder();
        for (NodeDef.Builder node : changed.getNodeBuilderList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                if (node.getInput(i).equals(name + ":0") || node.getInput(i).equals(name)) {
                    node.setInput(i, further[further.length - 1].getName() + ":0");
                }
            }
        }
        return changed.addAllNode(List.of(further)).build();
    }

    private static NodeDef float32(String name, String operation, String... inputs) {
        NodeDef.Builder node =
                NodeDef.newBuilder().setName(name).setOp(operation).putAttr("T", type(DataType.DT_FLOAT));
        for (String input : inputs) {
            node.addInput(input + ":0");
        }
        return node.build();
    }

    private static AttrValue type(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    private static FrozenModel read(String fixture) {
        return new SavedModelReader()
                .load(Path.of("src/test/resources/fixtures/models", fixture, "saved_model"), FrontendOptions.DEFAULT);
    }

    private static ExplanationInfo.SelfCheck check(FrozenModel model, Method method) {
        return check(model, method, UnaryOperator.identity());
    }

    private static ExplanationInfo.SelfCheck check(FrozenModel model, Method method, UnaryOperator<GraphDef> change) {
        Network network = network(model);
        TensorRef output = TensorRef.parse(model.outputTensor());
        Head head = new HeadFinder(network, model.aliases()).find(output, null);
        SelfCheck check = new SelfCheck(model, network, head, method.imageParameters());
        GraphCheck ofChanged = (graph, checks) -> {
            try (Graph changed = new Graph()) {
                changed.importGraphDef(change.apply(graph.toGraphDef()));
                check.check(changed, checks);
            }
        };
        ExplanationGraph.of(
                model.graph(),
                network,
                head,
                output,
                List.of(method),
                Precision.FLOAT32,
                layer -> "anywhere",
                ofChanged);
        return check.findings();
    }

    private static Network network(FrozenModel model) {
        return new Network(model.graph(), model.inputName());
    }

    private static FrozenModel with(FrozenModel m, GraphDef graph, GraphDef original) {
        return new FrozenModel(
                graph,
                original,
                m.originalOutput(),
                m.inputName(),
                m.inputType(),
                m.inputShape(),
                m.inputKey(),
                m.outputTensor(),
                m.outputShape(),
                m.outputKey(),
                m.signatureKey(),
                m.aliases(),
                m.digest(),
                m.dropped(),
                m.labels());
    }

    /** All weights times a factor. */
    private static GraphDef scaled(GraphDef graph, float factor) {
        GraphDef.Builder changed = graph.toBuilder();
        for (NodeDef.Builder node : changed.getNodeBuilderList()) {
            if (node.getOp().equals("Const") && node.getAttrOrThrow("dtype").getType() == DataType.DT_FLOAT) {
                node.putAttr("value", scaled(node.getAttrOrThrow("value"), factor));
            }
        }
        return changed.build();
    }

    private static AttrValue scaled(AttrValue value, float factor) {
        ByteBuffer content = ByteBuffer.wrap(
                        value.getTensor().getTensorContent().toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < content.limit(); i += Float.BYTES) {
            content.putFloat(i, factor * content.getFloat(i));
        }
        return AttrValue.newBuilder()
                .setTensor(value.getTensor().toBuilder().setTensorContent(ByteString.copyFrom(content)))
                .build();
    }

    /** A rule that sends what another one does, times a factor. */
    private static final class Scaled extends AlteredRule {
        private final Rule rule;
        private final float factor;

        Scaled(Rule rule, float factor) {
            super(rule);
            this.rule = rule;
            this.factor = factor;
        }

        @Override
        public void propagate(Node node, RuleContext e) {
            rule.propagate(node, e);
            for (RelevanceTable.Sent sent : e.arrivals().takeSent()) {
                e.send(sent.tensor(), e.tf.math.mul(sent.relevance(), e.tf.constant(factor)));
            }
        }
    }

    /** convT(R, |W|): neither shares nor a shift. */
    private static final class PlainTranspose extends AlteredRule {
        PlainTranspose(Rule rule) {
            super(rule);
        }

        @Override
        public void propagate(Node node, RuleContext e) {
            Convolution layer = Convolution.of(node, e.network);
            e.send(
                    layer.input(),
                    e.rows(layer.transpose(
                            e.tf,
                            e.stacked(e.relevance(node), node.output()),
                            e.constant(Kernels.magnitude(layer.kernel())),
                            e.stackedShape(layer.input()))));
        }
    }
}
