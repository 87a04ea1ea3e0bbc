package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.engine.TensorFlowDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the method states of a layer's sums, on random layers of every geometry, after an activation and after none: what is hedged sums to r − 1 before its
 * shift and r − 2 after it, what goes to active inputs to +1 and to inactive ones to −1, each as far as there are inputs
 * that take it (Nam &amp; Lee, section 3).
 */
class ConservationTest {
    private static final int IMAGES = 3;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void shouldConserveWhatTheMethodStates(long seed) throws Exception {
        Random random = new Random(seed);
        RandomLayer layer = new RandomLayer(random);
        conserves(layer, i -> image(layer, i, random), random);
    }

    /** Images of few values, so that what a normalisation takes in is often exactly 0 where kernels are of integers. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void shouldKeepRelevanceOnlyWhereANormalisationTakesInSomething(long seed) throws Exception {
        Random random = new Random(seed);
        RandomLayer layer = new RandomLayer(random, true);
        conserves(layer, i -> coarse(image(layer, i, random)), random);
    }

    private void conserves(RandomLayer layer, IntFunction<float[]> picture, Random random) throws Exception {
        List<float[]> images = new ArrayList<>();
        List<AttributionRequest> requests = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            float[] image = picture.apply(i);
            images.add(image);
            float ratio = i == 0 ? 1 : i == 1 ? 2 : 1 + random.nextFloat();
            requests.add(new AttributionRequest(
                    layer.tensor(image), new int[] {random.nextInt(RandomLayer.CLASSES)}, Map.of("ratio", ratio)));
        }
        Path compiled = directory.resolve("compiled");
        new Compiler().compile(layer.write(directory.resolve("model")), CompileOptions.DEFAULT, compiled);
        try (CompiledModel model = CompiledModel.load(compiled, layer.spec(), TensorFlowDevice.CPU)) {
            List<Attribution> batch = model.apply(requests);
            List<Attribution> again = model.apply(requests);
            for (int i = 0; i < IMAGES; i++) {
                float[] map = batch.get(i).maps()[0];
                assertThat(again.get(i).maps()[0]).isEqualTo(map);
                float[] alone = model.apply(requests.subList(i, i + 1)).get(0).maps()[0];
                assertThat(Maps.difference(map, alone)).isLessThan(1e-5);
                LayerSums sums = LayerSums.of(layer, images.get(i), requests.get(i));
                double active = 0;
                double inactive = 0;
                for (int pixel = 0; pixel < map.length; pixel++) {
                    assertThat(map[pixel]).isFinite();
                    if (layer.isActive(images.get(i)[pixel])) {
                        active += map[pixel];
                    } else {
                        inactive += map[pixel];
                    }
                }
                assertThat(active).isCloseTo(sums.hedged() + sums.toActive(), within(1e-4));
                assertThat(inactive).isCloseTo(sums.toInactive(), within(1e-4));
            }
        }
    }

    private static float[] coarse(float[] image) {
        for (int i = 0; i < image.length; i++) {
            image[i] = Math.max(Math.round(image[i] * 4), 1) / 4f;
        }
        return image;
    }

    /** Mixed, then mostly active, then mostly inactive pixels. */
    private static float[] image(RandomLayer layer, int index, Random random) {
        float[] image = new float[layer.height * layer.width];
        for (int i = 0; i < image.length; i++) {
            float value = 0.05f + 0.9f * random.nextFloat();
            image[i] = index == 1 ? 0.4f + value / 2 : index == 2 && random.nextInt(8) > 0 ? value / 2 : value;
        }
        return image;
    }
}
