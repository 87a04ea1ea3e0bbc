package io.hedgerow.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.SavedModel;

class CompiledWeightsTest {
    private static final Path MODEL = Path.of("src/test/resources/fixtures/models/vgg/saved_model");

    @TempDir
    private Path folder;

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldHoldEachKernelOnce() throws Exception {
        new Compiler().compile(MODEL, CompileOptions.DEFAULT, folder, CompileProgress.NONE);

        long weights;
        try (Stream<Path> files = Files.list(MODEL.resolve("variables"))) {
            weights = files.filter(file -> file.toString().contains(".data-"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
        long constants;
        try (InputStream file = Files.newInputStream(folder.resolve("saved_model.pb"))) {
            constants = SavedModel.parseFrom(file).getMetaGraphs(0).getGraphDef().getNodeList().stream()
                    .filter(node -> node.getOp().equals("Const"))
                    .mapToLong(node -> node.getAttrOrThrow("value").getTensor().getSerializedSize())
                    .sum();
        }

        assertThat(constants).isGreaterThan(weights / 2).isLessThan(weights + weights / 2);
    }
}
