package io.hedgerow.compiler.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.engine.TensorFlowDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps against their definitions, by numbers in double precision and finite differences. */
class GradientMethodsTest {
    private static final TensorSpec SPEC =
            new TensorSpec(DoubleNet.HEIGHT, DoubleNet.WIDTH, DoubleNet.CHANNELS, ElementType.FLOAT32);
    private static final double STEP = 1e-6;
    private static final int IMAGES = 3;

    @TempDir
    Path directory;

    private final DoubleNet net = new DoubleNet(11);

    @Test
    void shouldBeTheGradientTimesTheInputSummedOverChannels() throws Exception {
        List<Attribution> found = explained("gradient-x-input", false);

        for (int i = 0; i < IMAGES; i++) {
            double[] image = image(i);
            assertThat(found.get(i).mapHeight()).isEqualTo(DoubleNet.HEIGHT);
            assertThat(found.get(i).mapWidth()).isEqualTo(DoubleNet.WIDTH);
            assertThat(found.get(i).toTensor()).isEqualTo(MapTransform.IDENTITY);
            for (int label = 0; label < DoubleNet.CLASSES; label++) {
                int of = label;
                double[] gradient = gradient(image, x -> net.score(net.features(x), of));
                double[] expected = new double[DoubleNet.HEIGHT * DoubleNet.WIDTH];
                for (int j = 0; j < image.length; j++) {
                    expected[j / DoubleNet.CHANNELS] += image[j] * gradient[j];
                }
                assertClose(found.get(i).maps()[label], expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeWhatIsPositiveOfTheChannelsWeightedByTheirMeanGradient(boolean freeSize) throws Exception {
        List<Attribution> found = explained("grad-cam", freeSize);

        for (int i = 0; i < IMAGES; i++) {
            double[] features = net.features(image(i));
            // of 8 x 10 pixels the layer has 4 x 5 cells
            assertThat(found.get(i).mapHeight()).isEqualTo(DoubleNet.ROWS);
            assertThat(found.get(i).mapWidth()).isEqualTo(DoubleNet.COLUMNS);
            assertThat(found.get(i).toTensor()).isEqualTo(new MapTransform(2, 0, 2, 0));
            for (int label = 0; label < DoubleNet.CLASSES; label++) {
                int of = label;
                double[] gradient = gradient(features, a -> net.score(a, of));
                double[] weights = new double[DoubleNet.FEATURES];
                for (int j = 0; j < gradient.length; j++) {
                    weights[j % DoubleNet.FEATURES] += gradient[j] / (DoubleNet.ROWS * DoubleNet.COLUMNS);
                }
                double[] expected = new double[DoubleNet.ROWS * DoubleNet.COLUMNS];
                for (int j = 0; j < features.length; j++) {
                    expected[j / DoubleNet.FEATURES] += weights[j % DoubleNet.FEATURES] * features[j];
                }
                assertClose(
                        found.get(i).maps()[label],
                        Arrays.stream(expected).map(sum -> Math.max(0, sum)).toArray());
            }
        }
    }

    private List<Attribution> explained(String method, boolean freeSize) throws Exception {
        Path model = net.write(directory.resolve("model"), freeSize);
        Path out = directory.resolve("explanation");
        ExplanationInfo info = new Compiler().compile(model, CompileOptions.DEFAULT.with(method), out);
        assertThat(info.method().name()).isEqualTo(method);
        assertThat(info.method().imageParameters()).isEmpty();
        try (CompiledModel compiled = CompiledModel.load(out, SPEC, TensorFlowDevice.CPU)) {
            return compiled.apply(List.of(request(0), request(1), request(2)));
        }
    }

    private static AttributionRequest request(int seed) {
        ByteBuffer data = ByteBuffer.allocate(SPEC.bytes()).order(ByteOrder.nativeOrder());
        for (double value : image(seed)) {
            data.putFloat((float) value);
        }
        return new AttributionRequest(new ImageTensor(data.flip(), SPEC, MapTransform.IDENTITY), 0, 1, 2, 3);
    }

    private static double[] image(int seed) {
        return new Random(seed)
                .doubles(DoubleNet.HEIGHT * DoubleNet.WIDTH * DoubleNet.CHANNELS)
                .map(value -> (float) value)
                .toArray();
    }

    private static double[] gradient(double[] at, ToDoubleFunction<double[]> score) {
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double[] moved = at.clone();
            moved[i] = at[i] + STEP;
            double above = score.applyAsDouble(moved);
            moved[i] = at[i] - STEP;
            gradient[i] = (above - score.applyAsDouble(moved)) / (2 * STEP);
        }
        return gradient;
    }

    private static void assertClose(float[] map, double[] expected) {
        double peak = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(map).hasSize(expected.length);
        for (int i = 0; i < map.length; i++) {
            assertThat((double) map[i]).isCloseTo(expected[i], within(1e-5 * Math.max(peak, 1e-3)));
        }
    }
}
