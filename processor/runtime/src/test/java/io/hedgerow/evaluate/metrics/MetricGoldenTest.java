package io.hedgerow.evaluate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.evaluate.data.Mask;
import io.hedgerow.evaluate.statistics.Concordance;
import io.hedgerow.evaluate.statistics.Ranks;
import io.hedgerow.npy.Npy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against scikit-learn, SciPy, and TorchRay's and RISE's formulas, on 200 maps with and without ties; {@code
 * deploy/fixtures/evaluation.py} made the files.
 */
class MetricGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/evaluation");
    private static final int HEIGHT = 12;
    private static final int WIDTH = 16;
    private static final int PIXELS = HEIGHT * WIDTH;
    private static final int MAPS = 200;

    private final JsonNode expected;
    private final float[] maps;
    private final int[] masks;

    MetricGoldenTest() throws IOException {
        expected = new ObjectMapper().readTree(FOLDER.resolve("expected.json").toFile());
        maps = Npy.read(FOLDER.resolve("maps.npy")).toFloats();
        masks = Npy.read(FOLDER.resolve("masks.npy")).toInts();
    }

    private Relevance map(int index, float scale) {
        float[] values = Arrays.copyOfRange(maps, index * PIXELS, (index + 1) * PIXELS);
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale;
        }
        return new Relevance(values, HEIGHT, WIDTH);
    }

    private BitSet inside(int index) {
        BitSet inside = new BitSet();
        IntStream.range(0, PIXELS).filter(i -> masks[index * PIXELS + i] == 1).forEach(inside::set);
        return inside;
    }

    private Map<String, Double> measure(int index, float scale) {
        Relevance map = map(index, scale);
        Region region = new Region(inside(index), new BitSet(), PIXELS);
        Evidence evidence = Evidence.of(map, region);
        Order order = map.order(Order.permutation(PIXELS, index));
        Separation separation = new Separation(map, region, order);
        Sparseness sparseness = new Sparseness(map);
        Pointing pointing = new Pointing(new Mask(WIDTH, HEIGHT, inside(index)));
        SignedMap placed = map.placed(MapTransform.IDENTITY);
        double[] values = IntStream.range(0, PIXELS).mapToDouble(map::get).toArray();
        double[] other = new double[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            other[i] = expected.path("other").get(i).asDouble();
        }
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("pointing", pointing.hit(placed, expected.path("tolerance").asDouble()));
        measured.put("pointing_strict", pointing.hit(placed, 0.5));
        measured.put("energy", evidence.energy());
        measured.put("energy_gain", evidence.gain());
        measured.put("outside_inside", evidence.outsideInside());
        measured.put("average_precision", separation.averagePrecision());
        measured.put("map_soft", separation.mapSoft());
        measured.put("map_binary", separation.mapBinary());
        measured.put("pixel_accuracy", separation.pixelAccuracy());
        measured.put("iou", separation.iou());
        measured.put("gini", sparseness.gini());
        measured.put("entropy", sparseness.entropy());
        measured.put("spearman", Ranks.correlation(values, other));
        return measured;
    }

    @Test
    void shouldEqualOtherImplementationsOnAllMaps() {
        for (int i = 0; i < MAPS; i++) {
            JsonNode wanted = expected.path("maps").get(i);
            for (Map.Entry<String, Double> one : measure(i, 1).entrySet()) {
                JsonNode value = wanted.path(one.getKey());
                if (value.isNull()) {
                    assertThat(one.getValue())
                            .as("%s of map %d", one.getKey(), i)
                            .satisfiesAnyOf(v -> assertThat(v).isNaN(), v -> assertThat(v)
                                    .isEqualTo(Evidence.LARGEST_RATIO));
                } else {
                    assertThat(one.getValue())
                            .as("%s of map %d", one.getKey(), i)
                            .isCloseTo(value.asDouble(Double.NaN), within(1e-6 * Math.max(1, value.asDouble())));
                }
            }
        }
        assertThat(expected.path("maps")).hasSize(MAPS);
    }

    @ParameterizedTest
    @ValueSource(floats = {1024, 1f / 4096})
    void shouldNotDependOnAMapsScale(float scale) {
        for (int i = 0; i < MAPS; i++) {
            Map<String, Double> scaled = measure(i, scale);
            for (Map.Entry<String, Double> one : measure(i, 1).entrySet()) {
                assertThat(scaled.get(one.getKey()))
                        .as("%s of map %d", one.getKey(), i)
                        .isEqualTo(one.getValue(), within(1e-9));
            }
        }
    }

    @Test
    void shouldIntegrateAsRise() {
        for (JsonNode one : expected.path("curves")) {
            int points = one.path("scores").size();
            double[] shares = IntStream.range(0, points)
                    .mapToDouble(i -> i / (points - 1.0))
                    .toArray();
            double[] scores = IntStream.range(0, points)
                    .mapToDouble(i -> one.path("scores").get(i).asDouble())
                    .toArray();

            assertThat(new Curve(shares, scores).area())
                    .isCloseTo(one.path("rise").asDouble(), within(1e-12));
        }
    }

    @Test
    void shouldAgreeOnAgreement() {
        for (JsonNode one : expected.path("concordance")) {
            Concordance concordance = new Concordance(5);
            for (JsonNode row : one.path("table")) {
                concordance.add(IntStream.range(0, 5)
                        .mapToDouble(i -> row.get(i).asDouble())
                        .toArray());
            }

            assertThat(concordance.w()).isCloseTo(one.path("w").asDouble(), within(1e-9));
        }
    }
}
