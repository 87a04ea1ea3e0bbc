package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.Signatures;
import io.hedgerow.compiler.lowering.StampedModel;
import io.hedgerow.engine.TensorFlowDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Four logical CPU devices in the place of four GPUs. */
class LogicalDevicesTest {
    private static final Fixture FIXTURE = Fixture.named("resnet_basic");

    @TempDir
    private static Path compiled;

    @BeforeAll
    static void compile() throws IOException {
        new Compiler().compile(FIXTURE.model(), FIXTURE.options(), compiled);
    }

    @Test
    void shouldComputeEveryNodeOnTheDeviceItWasLoadedFor() throws Exception {
        for (int index = 0; index < 4; index++) {
            TensorFlowDevice device = new TensorFlowDevice(TensorFlowDevice.Type.CPU, index);

            Map<String, Integer> nodes = trace(device);

            assertThat(nodes).as("computing nodes by device").hasSize(1);
            assertThat(nodes.keySet()).allMatch(name -> name.endsWith(device.placement()));
            assertThat(nodes.values()).allMatch(count -> count > 50);
        }
    }

    @Test
    void shouldGiveTheSameOnFourDevicesAtOnce() throws Exception {
        List<AttributionRequest> requests = FIXTURE.requests(1);
        List<CompiledModel> models = new ArrayList<>();
        try {
            for (int index = 0; index < 4; index++) {
                models.add(CompiledModel.load(compiled, FIXTURE.spec(), TensorFlowDevice.parse("cpu:" + index)));
            }
            List<CompletableFuture<List<Attribution>>> results = models.stream()
                    .map(model -> CompletableFuture.supplyAsync(() -> apply(model, requests)))
                    .toList();
            List<Attribution> expected = results.get(0).get();
            for (var result : results) {
                for (int i = 0; i < requests.size(); i++) {
                    assertClose(result.get().get(i).scores(), expected.get(i).scores());
                    assertClose(result.get().get(i).maps()[0], expected.get(i).maps()[0]);
                }
            }
        } finally {
            models.forEach(CompiledModel::close);
        }
    }

    @Test
    void shouldSayThatThereIsNoSuchDevice() {
        TensorFlowDevice absent = TensorFlowDevice.parse("gpu:63");

        assertThatThrownBy(() ->
                        CompiledModel.load(compiled, FIXTURE.spec(), absent).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no device gpu:63");
    }

    /** Computing nodes by device, as TensorFlow's own trace of one call has them. */
    private static Map<String, Integer> trace(TensorFlowDevice device) throws IOException {
        try (StampedModel stamped = new StampedModel(compiled, device);
                SavedModelBundle bundle = SavedModelBundle.loader(
                                stamped.directory().toString())
                        .withTags("serve")
                        .withConfigProto(device.session())
                        .load();
                TFloat32 images = TFloat32.tensorOf(Shape.of(1, 96, 96, 3));
                TInt32 classes = TInt32.tensorOf(Shape.of(1, 1));
                TFloat32 ratios = TFloat32.vectorOf(1)) {
            SignatureDef signature = bundle.metaGraphDef().getSignatureDefOrThrow(Signatures.EXPLAIN);
            Session.Runner runner = bundle.session().runner();
            runner.feed(signature.getInputsOrThrow("images").getName(), images);
            runner.feed(signature.getInputsOrThrow("classes").getName(), classes);
            runner.feed(signature.getInputsOrThrow("ratios").getName(), ratios);
            signature.getOutputsMap().values().forEach(output -> runner.fetch(output.getName()));
            runner.setOptions(RunOptions.newBuilder()
                    .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
                    .setOutputPartitionGraphs(true)
                    .build());
            try (Result result = runner.runAndFetchMetadata()) {
                Map<String, Integer> nodes = new HashMap<>();
                for (GraphDef partition : result.getMetadata().orElseThrow().getPartitionGraphsList()) {
                    for (NodeDef node : partition.getNodeList()) {
                        // What only carries tensors in and out is on the host.
                        if (!node.getOp().startsWith("_")) {
                            nodes.merge(node.getDevice(), 1, Integer::sum);
                        }
                    }
                }
                return nodes;
            }
        }
    }

    private static List<Attribution> apply(CompiledModel model, List<AttributionRequest> requests) {
        try {
            return model.apply(requests);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(Maps.difference(actual, expected)).isLessThanOrEqualTo(1e-5);
    }
}
