package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.Methods;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.engine.TensorFlowDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All methods in one graph: each gives what it gives by itself, and a batch what its images give one by one. */
class SeveralMethodsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resnet_bottleneck",
                "densenet",
                "mobilenet_v3_keras2",
                "slices",
                "binary_gray_keras3",
                "activations_keras2"
            })
    void shouldGiveWhatEachGivesByItself(String name) throws Exception {
        Fixture fixture = Fixture.named(name);
        String[] methods = Methods.names().toArray(String[]::new);
        Path out = directory.resolve("all");
        ExplanationInfo info =
                new Compiler().compile(fixture.model(), fixture.options().with(methods), out);
        assertThat(info.methods()).extracting(ExplanationInfo.Method::name).containsExactly(methods);
        List<AttributionRequest> requests = fixture.requests(1.5f).stream()
                .map(request -> new AttributionRequest(request.image(), new int[] {0, 1}, Map.of("ratio", 1.5f)))
                .toList();

        try (CompiledModel all = CompiledModel.load(out, fixture.spec(), TensorFlowDevice.CPU)) {
            List<List<Attribution>> together = all.applyAll(requests);
            List<Attribution> mixed = all.apply(IntStream.range(0, requests.size())
                    .mapToObj(i -> by(methods[i % methods.length], requests.get(i)))
                    .toList());
            for (int i = 0; i < requests.size(); i++) {
                Attribution expected = together.get(i).get(i % methods.length);
                assertThat(mixed.get(i).toTensor()).isEqualTo(expected.toTensor());
                assertClose(mixed.get(i).maps()[1], expected.maps()[1], rounding(methods[i % methods.length], fixture));
            }
            assertThatThrownBy(() -> all.apply(List.of(by("magic", requests.get(0)))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the model was loaded without magic; it has " + String.join(", ", methods));
            for (int m = 0; m < methods.length; m++) {
                try (CompiledModel alone = CompiledModel.load(out, methods[m], fixture.spec(), TensorFlowDevice.CPU)) {
                    assertThat(alone.methods()).containsExactly(info.methods().get(m));
                    for (int i = 0; i < requests.size(); i++) {
                        Attribution expected =
                                alone.apply(List.of(requests.get(i))).get(0);
                        Attribution actual = together.get(i).get(m);
                        assertThat(actual.toTensor()).isEqualTo(expected.toTensor());
                        for (int k = 0; k < 2; k++) {
                            assertClose(actual.maps()[k], expected.maps()[k], rounding(methods[m], fixture));
                        }
                    }
                }
            }
        }
    }

    /** Shares of a sum of both signs may be many times the sum, and so may what rounding leaves of them. */
    private static double rounding(String method, Fixture fixture) {
        return method.startsWith("lrp") ? Math.max(1e-4, fixture.rounding()) : fixture.rounding();
    }

    private static AttributionRequest by(String method, AttributionRequest request) {
        return new AttributionRequest(request.image(), request.classes(), request.parameters(), method);
    }

    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        double peak = 0;
        for (float value : expected) {
            peak = Math.max(peak, Math.abs(value));
        }
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(tolerance * Math.max(peak, 1e-6)));
        }
    }
}
