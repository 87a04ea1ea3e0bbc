package io.hedgerow.compiler.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

class MappedConstantsTest {
    private static final float[][] LARGE = {{1, -2, 3.5f}, {4, 5e-9f, -6}};

    private static final float[][] FACTOR = {{1}, {2}, {-3}};

    @TempDir
    Path folder;

    @Test
    void shouldComputeTheSameFromFiles() throws IOException {
        GraphDef graph = product();

        GraphDef mapped = new MappedConstants(folder, 24).in(graph);

        assertThat(mapped.getNodeList())
                .filteredOn(node -> node.getOp().equals("ImmutableConst"))
                .hasSize(1);
        assertThat(mapped.getSerializedSize()).isPositive();
        assertThat(computed(mapped)).isDeepEqualTo(computed(graph));
        assertThat(files()).hasSize(1);
        assertThat(Files.size(files().get(0))).isEqualTo(24);
    }

    @Test
    void shouldLeaveSmallConstantsWhereTheyAre() throws IOException {
        GraphDef graph = product();

        assertThat(new MappedConstants(folder, 25).in(graph)).isEqualTo(graph);
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldLeaveWhatMayBeWrittenInPlace() {
        TensorFlowRuntime.start();
        try (Graph graph = new Graph()) {
            Ops ops = Ops.create(graph);
            Operand<TFloat32> constant = ops.constant(LARGE);
            ops.linalg.matMul(constant, ops.constant(FACTOR));
            ops.math.neg(constant);

            assertThat(new MappedConstants(folder, 24).in(graph.toGraphDef())).isEqualTo(graph.toGraphDef());
        }
    }

    @Test
    void shouldWriteAFileAnewThatIsDamaged() throws IOException {
        GraphDef graph = product();
        GraphDef mapped = new MappedConstants(folder, 24).in(graph);
        Files.write(files().get(0), new byte[24]);

        assertThat(new MappedConstants(folder, 24).in(graph)).isEqualTo(mapped);

        assertThat(computed(mapped)).isDeepEqualTo(computed(graph));
        assertThat(files()).hasSize(1);
    }

    @Test
    void shouldLeaveTheGraphAsItIsWhereNothingCanBeWritten() {
        GraphDef graph = product();

        assertThat(new MappedConstants(folder.resolve("absent"), 24).in(graph)).isEqualTo(graph);
    }

    /** A graph whose node "product" multiplies one constant of 24 bytes with a smaller one. */
    private static GraphDef product() {
        TensorFlowRuntime.start();
        try (Graph graph = new Graph()) {
            Ops ops = Ops.create(graph);
            ops.withName("product").linalg.matMul(ops.constant(LARGE), ops.constant(FACTOR));
            return graph.toGraphDef();
        }
    }

    private static float[][] computed(GraphDef definition) {
        try (Graph graph = new Graph()) {
            graph.importGraphDef(definition);
            try (Session session = new Session(graph);
                    Result result = session.runner().fetch("product").run()) {
                return StdArrays.array2dCopyOf((TFloat32) result.get(0));
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
