package io.hedgerow.compiler.frontend.passes;

import static io.hedgerow.compiler.frontend.TestModel.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.FrontendOptions;
import io.hedgerow.compiler.frontend.SavedModelReader;
import io.hedgerow.compiler.frontend.TestModel;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.VersionDef;

class GraphPassesTest {
    private static final FlatGraph GRAPH = graph();

    @TempDir
    private Path folder;

    @Test
    void shouldNameThePassThatRefusesAModel() throws IOException {
        NodeDef random = TestModel.node("noise", "RandomUniform", "sizes")
                .putAttr("dtype", NodeDefs.attribute(DataType.DT_FLOAT))
                .putAttr("T", NodeDefs.attribute(DataType.DT_INT32))
                .build();
        new TestModel()
                .node(NodeDefs.constant("sizes", TensorProtos.integers(1, 4, 4, 3)))
                .node(random)
                .node(TestModel.node("noisy", "Mul", "images", "noise")
                        .putAttr("T", NodeDefs.attribute(DataType.DT_FLOAT))
                        .build())
                .node(mean("mean", "noisy"))
                .output("scores", "mean:0", DataType.DT_FLOAT, 2)
                .write(folder);

        assertThatThrownBy(() -> new SavedModelReader().load(folder, FrontendOptions.DEFAULT))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("node noise")
                .hasMessageEndingWith("(found in pass 'inert randomness')");
    }

    @Test
    void shouldNameThePassWhoseGraphTensorFlowRefuses() {
        GraphPass harmless = pass("harmless", (graph, shapes) -> graph);
        GraphPass careless = pass(
                "careless",
                (graph, shapes) -> graph.map(node -> node.getOp().equals("Relu")
                        ? node.toBuilder().setOp("NoSuch").build()
                        : node));

        assertThat(GraphPasses.rewritten(GRAPH, List.of(harmless))).isSameAs(GRAPH);
        assertThatThrownBy(() -> GraphPasses.rewritten(GRAPH, List.of(harmless, careless, harmless)))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("TensorFlow does not accept")
                .hasMessageEndingWith("(found in pass 'careless')");
    }

    @Test
    void shouldInferShapesAnewAfterEachPass() {
        List<long[]> seen = new ArrayList<>();
        GraphPass look = pass("look", (graph, shapes) -> {
            seen.add(shapes.shape(graph.output()).asArray());
            return graph;
        });
        GraphPass enlarge = pass(
                "enlarge",
                (graph, shapes) -> graph.map(node -> node.getName().equals(graph.image())
                        ? NodeDefs.placeholder(graph.image(), DataType.DT_FLOAT, Shape.of(-1, 8, 8, 3))
                        : node));

        GraphPasses.rewritten(GRAPH, List.of(look, enlarge, look));

        assertThat(seen).containsExactly(new long[] {-1, 4, 4, 3}, new long[] {-1, 8, 8, 3});
    }

    @Test
    void shouldFindThatWeightsHaveGrownTooLarge() {
        GraphPass greedy = pass("greedy", (graph, shapes) -> {
            Map<String, NodeDef> nodes = new LinkedHashMap<>(graph.nodes());
            for (int i = 0; i < 4; i++) {
                nodes.put(
                        "large" + i,
                        NodeDefs.constant(
                                "large" + i,
                                TensorProtos.floats(Shape.of(1 << 27)).toBuilder()
                                        .clearTensorContent()
                                        .addFloatVal(1)
                                        .build()));
            }
            return new FlatGraph(nodes, graph.image(), graph.output(), graph.versions());
        });

        assertThatThrownBy(() -> GraphPasses.rewritten(GRAPH, List.of(greedy)))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("the model's weights take 2147483648 bytes")
                .hasMessageEndingWith("(found in pass 'greedy')");
    }

    private static FlatGraph graph() {
        NodeDef relu = NodeDefs.node("relu", "Relu", "images:0")
                .putAttr("T", NodeDefs.attribute(DataType.DT_FLOAT))
                .build();
        Map<String, NodeDef> nodes = new LinkedHashMap<>();
        nodes.put("images", NodeDefs.placeholder("images", DataType.DT_FLOAT, Shape.of(-1, 4, 4, 3)));
        nodes.put("relu", relu);
        return new FlatGraph(
                nodes,
                "images",
                "relu:0",
                VersionDef.newBuilder().setProducer(1766).build());
    }

    private static GraphPass pass(String name, BiFunction<FlatGraph, Evaluator, FlatGraph> rewriting) {
        return new GraphPass() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
                return rewriting.apply(graph, shapes);
            }
        };
    }
}
