package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.api.Signatures;
import io.hedgerow.engine.TensorFlowDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled models against maps computed by the method's authors' code and by an independent implementation. */
class FixtureTest {
    @TempDir
    Path directory;

    static List<Fixture> fixtures() {
        return Fixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void shouldComputeTheScoresAndMapsOfTheFixture(Fixture fixture) throws Exception {
        try (CompiledModel model = compile(fixture)) {
            for (float ratio : fixture.ratios()) {
                List<AttributionRequest> requests = fixture.requests(ratio);
                List<Attribution> batch = model.apply(requests);
                for (int i = 0; i < requests.size(); i++) {
                    Attribution alone = model.apply(requests.subList(i, i + 1)).get(0);
                    float[] scores = ofAllClasses(fixture.scores(i));
                    assertThat(alone.scores()).hasSize(model.info().classes());
                    assertThat(alone.predictions()).hasSize(model.info().classes());
                    for (int c = 0; c < scores.length; c++) {
                        double tolerance = 1e-4 * Math.max(1, Math.abs(scores[c]));
                        assertThat(alone.scores()[c]).isCloseTo(scores[c], within((float) tolerance));
                        assertThat(batch.get(i).scores()[c]).isCloseTo(scores[c], within((float) tolerance));
                    }
                    float[] map = fixture.map(ratio, i);
                    double apart = 10 * fixture.rounding();
                    assertThat(Maps.difference(alone.maps()[0], map)).isLessThan(apart);
                    assertThat(Maps.difference(batch.get(i).maps()[0], map)).isLessThan(apart);
                    assertThat(Maps.difference(batch.get(i).maps()[0], alone.maps()[0]))
                            .isLessThan(fixture.rounding());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void shouldExplainSeveralClassesOfOneImageAsEachByItself(Fixture fixture) throws Exception {
        try (CompiledModel model = compile(fixture)) {
            AttributionRequest request = fixture.requests(1.5f).get(1);
            int last = model.info().classes() - 1;
            AttributionRequest both =
                    new AttributionRequest(request.image(), new int[] {0, last, Signatures.TOP}, Map.of("ratio", 1.5f));
            List<Attribution> batch = model.apply(List.of(request, both));
            Attribution several = batch.get(1);
            assertThat(several.classes()[2]).isEqualTo(top(several.scores()));
            assertThat(batch.get(0).maps()).hasNumberOfRows(1);
            for (int k = 0; k < 3; k++) {
                AttributionRequest one = new AttributionRequest(
                        request.image(), new int[] {several.classes()[k]}, Map.of("ratio", 1.5f));
                float[] alone = model.apply(List.of(one)).get(0).maps()[0];
                assertThat(Maps.difference(several.maps()[k], alone)).isLessThan(fixture.rounding());
            }
        }
    }

    @Test
    void shouldGiveProbabilitiesOfBothClassesOfABinaryModel() throws Exception {
        try (CompiledModel model = compile(Fixture.named("binary_gray_keras3"))) {
            for (Attribution attribution :
                    model.apply(Fixture.named("binary_gray_keras3").requests(2))) {
                float[] scores = attribution.scores();
                float[] predictions = attribution.predictions();
                assertThat(predictions[0] + predictions[1]).isCloseTo(1, within(1e-6f));
                assertThat(predictions[1]).isCloseTo((float) (1 / (1 + Math.exp(-scores[1]))), within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgg", "resnet_bottleneck", "inception", "mobilenet_v2_keras3"})
    void shouldExplainInBfloat16NearlyAsInFloat32(String name) throws Exception {
        Fixture fixture = Fixture.named(name);
        try (CompiledModel model = compile(fixture, Precision.BFLOAT16)) {
            List<AttributionRequest> requests = fixture.requests(2);
            List<Attribution> batch = model.apply(requests);
            for (int i = 0; i < requests.size(); i++) {
                float[] scores = fixture.scores(i);
                for (int c = 0; c < scores.length; c++) {
                    float tolerance = 1e-4f * Math.max(1, Math.abs(scores[c]));
                    assertThat(batch.get(i).scores()[c]).isCloseTo(scores[c], within(tolerance));
                }
                assertThat(correlation(batch.get(i).maps()[0], fixture.map(2, i)))
                        .isBetween(0.999, 0.9999999);
            }
        }
    }

    private CompiledModel compile(Fixture fixture) throws Exception {
        return compile(fixture, Precision.FLOAT32);
    }

    private CompiledModel compile(Fixture fixture, Precision precision) throws Exception {
        new Compiler().compile(fixture.model(), fixture.options(precision), directory);
        return CompiledModel.load(directory, fixture.spec(), TensorFlowDevice.CPU);
    }

    /** One score stands for classes 0 and 1. */
    private static float[] ofAllClasses(float[] scores) {
        return scores.length == 1 ? new float[] {-scores[0], scores[0]} : scores;
    }

    private static int top(float[] scores) {
        List<Float> all = new ArrayList<>();
        for (float score : scores) {
            all.add(score);
        }
        return all.indexOf(all.stream().max(Float::compare).orElseThrow());
    }

    /** Pearson's. */
    private static double correlation(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double sumA = 0;
        double sumB = 0;
        double squareA = 0;
        double squareB = 0;
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            sumA += a[i];
            sumB += b[i];
            squareA += (double) a[i] * a[i];
            squareB += (double) b[i] * b[i];
            product += (double) a[i] * b[i];
        }
        double n = a.length;
        return (product - sumA * sumB / n) / Math.sqrt((squareA - sumA * sumA / n) * (squareB - sumB * sumB / n));
    }
}
