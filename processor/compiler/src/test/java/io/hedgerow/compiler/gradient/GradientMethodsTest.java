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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Maps against their definitions, by numbers in double precision and finite differences. */
class GradientMethodsTest {
    private static final TensorSpec SPEC =
            new TensorSpec(DoubleNet.HEIGHT, DoubleNet.WIDTH, DoubleNet.CHANNELS, ElementType.FLOAT32);
    private static final double STEP = 1e-6;
    private static final int IMAGES = 3;
    private static final int SAMPLES = 16;

    @TempDir
    Path directory;

    private DoubleNet net = new DoubleNet(DoubleNet.Kind.PLAIN, 11);

    @ParameterizedTest
    @EnumSource(DoubleNet.Kind.class)
    void shouldBeTheGradientTimesTheInputSummedOverChannels(DoubleNet.Kind kind) throws Exception {
        net = new DoubleNet(kind, 12);
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
    @CsvSource({"PLAIN, false", "PLAIN, true", "POOLED, false", "RESIDUAL, false", "NORMALISED, false"})
    void shouldBeWhatIsPositiveOfTheChannelsWeightedByTheirMeanGradient(DoubleNet.Kind kind, boolean freeSize)
            throws Exception {
        net = new DoubleNet(kind, 11);
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

    @ParameterizedTest
    @EnumSource(DoubleNet.Kind.class)
    void shouldBeTheLargestGradientOfAPixelsChannels(DoubleNet.Kind kind) throws Exception {
        net = new DoubleNet(kind, 13);
        List<Attribution> found = explained("gradient", false);

        for (int i = 0; i < IMAGES; i++) {
            for (int label = 0; label < DoubleNet.CLASSES; label++) {
                assertClose(found.get(i).maps()[label], largest(gradient(image(i), scoreOf(label))));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DoubleNet.Kind.class)
    void shouldBeTheLargestOfTheMeanGradientUnderTheImagesOwnNoise(DoubleNet.Kind kind) throws Exception {
        net = new DoubleNet(kind, 14);
        List<Attribution> found = explained("smoothgrad", false);

        for (int i = 0; i < IMAGES; i++) {
            double[] image = image(i);
            double range = Arrays.stream(image).max().orElseThrow()
                    - Arrays.stream(image).min().orElseThrow();
            for (int label = 0; label < 2; label++) {
                double[] mean = new double[image.length];
                for (int sample = 0; sample < SAMPLES; sample++) {
                    double[] noise = HashNoise.of(image, sample);
                    double[] noisy = new double[image.length];
                    Arrays.setAll(noisy, j -> image[j] + 0.15 * range * noise[j]);
                    addTo(mean, gradient(noisy, scoreOf(label)));
                }
                assertClose(found.get(i).maps()[label], largest(mean));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DoubleNet.Kind.class)
    void shouldAddUpGradientsOnTheWayFromTheMeanColour(DoubleNet.Kind kind) throws Exception {
        net = new DoubleNet(kind, 15);
        List<Attribution> found = explained("integrated-gradients", false);

        for (int i = 0; i < IMAGES; i++) {
            double[] image = image(i);
            double[] colour = meanColour(image);
            for (int label = 0; label < 2; label++) {
                double[] mean = new double[image.length];
                for (int sample = 0; sample < SAMPLES; sample++) {
                    double share = (sample + 0.5) / SAMPLES;
                    double[] between = new double[image.length];
                    Arrays.setAll(between, j -> colour[j] + share * (image[j] - colour[j]));
                    addTo(mean, gradient(between, scoreOf(label)));
                }
                double[] expected = new double[DoubleNet.HEIGHT * DoubleNet.WIDTH];
                for (int j = 0; j < image.length; j++) {
                    expected[j / DoubleNet.CHANNELS] += (image[j] - colour[j]) * mean[j];
                }
                assertClose(found.get(i).maps()[label], expected);
                double gain =
                        scoreOf(label).applyAsDouble(image) - scoreOf(label).applyAsDouble(colour);
                assertThat(Arrays.stream(expected).sum())
                        .as("completeness")
                        .isCloseTo(gain, within(0.1 * Math.max(Math.abs(gain), 0.05)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DoubleNet.Kind.class)
    void shouldShareRelevanceByEpsilonInTheHeadAndPositivePartsBelow(DoubleNet.Kind kind) throws Exception {
        net = new DoubleNet(kind, 16);
        List<Attribution> flat = explained("lrp-epsilon-plus-flat", false);
        List<Attribution> box = explained("lrp-epsilon-plus-box", false);

        for (int i = 0; i < IMAGES; i++) {
            for (int label = 0; label < DoubleNet.CLASSES; label++) {
                assertClose(flat.get(i).maps()[label], summed(net.relevance(image(i), label, true)));
                assertClose(box.get(i).maps()[label], summed(net.relevance(image(i), label, false)));
            }
        }
    }

    private static double[] summed(double[] entries) {
        double[] sums = new double[entries.length / DoubleNet.CHANNELS];
        for (int j = 0; j < entries.length; j++) {
            sums[j / DoubleNet.CHANNELS] += entries[j];
        }
        return sums;
    }

    @Test
    void shouldMakeNoiseThatIsNormalAndDiffersFromImageToImageAndFromSampleToSample() {
        double[] noise = HashNoise.of(image(1), 0);

        assertThat(HashNoise.of(image(2), 0)).isNotEqualTo(noise);
        assertThat(HashNoise.of(image(1), 1)).isNotEqualTo(noise);
        double[] many = IntStream.range(0, 100)
                .mapToObj(sample -> HashNoise.of(image(1), sample))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        assertThat(Arrays.stream(many).average().orElseThrow()).isCloseTo(0, within(0.03));
        assertThat(Arrays.stream(many).map(z -> z * z).average().orElseThrow()).isCloseTo(1, within(0.04));
        assertThat(Arrays.stream(many).filter(z -> Math.abs(z) > 2).count() / (double) many.length)
                .isCloseTo(0.0455, within(0.005));
    }

    private ToDoubleFunction<double[]> scoreOf(int label) {
        return x -> net.score(net.features(x), label);
    }

    private static double[] largest(double[] gradient) {
        double[] largest = new double[gradient.length / DoubleNet.CHANNELS];
        for (int j = 0; j < gradient.length; j++) {
            largest[j / DoubleNet.CHANNELS] = Math.max(largest[j / DoubleNet.CHANNELS], Math.abs(gradient[j]));
        }
        return largest;
    }

    private static double[] meanColour(double[] image) {
        double[] colour = new double[image.length];
        for (int channel = 0; channel < DoubleNet.CHANNELS; channel++) {
            double sum = 0;
            for (int j = channel; j < image.length; j += DoubleNet.CHANNELS) {
                sum += image[j];
            }
            for (int j = channel; j < image.length; j += DoubleNet.CHANNELS) {
                colour[j] = sum / (DoubleNet.HEIGHT * DoubleNet.WIDTH);
            }
        }
        return colour;
    }

    private static void addTo(double[] mean, double[] gradient) {
        for (int j = 0; j < mean.length; j++) {
            mean[j] += gradient[j] / SAMPLES;
        }
    }

    private List<Attribution> explained(String method, boolean freeSize) throws Exception {
        Path model = net.write(directory.resolve("model"), freeSize);
        Path out = directory.resolve("explanation-" + method);
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
