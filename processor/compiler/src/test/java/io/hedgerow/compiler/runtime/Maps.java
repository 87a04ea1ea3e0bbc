package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import java.util.Random;

/** Maps for tests. */
public final class Maps {
    private Maps() {}

    public static SignedMap of(int height, int width, float... values) {
        return new SignedMap(values, height, width, MapTransform.IDENTITY);
    }

    public static SignedMap constant(int height, int width, float value) {
        float[] values = new float[height * width];
        java.util.Arrays.fill(values, value);
        return of(height, width, values);
    }

    /** 1 to 40 rows and columns; of both signs, with zeros, over many magnitudes. */
    public static SignedMap random(Random random) {
        int height = 1 + random.nextInt(40);
        int width = 1 + random.nextInt(40);
        float[] values = new float[height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) == 0 ? 0 : (float) (random.nextGaussian() * Math.exp(random.nextInt(12)));
        }
        return of(height, width, values);
    }

    public static SignedMap scaled(SignedMap map, float factor) {
        float[] values = new float[map.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = factor * map.get(i);
        }
        return new SignedMap(values, map.height(), map.width(), map.toImage());
    }

    /** The largest difference, as a share of the expected map's largest absolute value. */
    public static double difference(float[] map, float[] expected) {
        assertThat(map).hasSameSizeAs(expected);
        double peak = 0;
        double largest = 0;
        for (int i = 0; i < map.length; i++) {
            peak = Math.max(peak, Math.abs(expected[i]));
            largest = Math.max(largest, Math.abs(expected[i] - map[i]));
        }
        return largest == 0 ? 0 : largest / peak;
    }
}
