package io.hedgerow.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.runtime.Maps;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class QuantizedMapTest {
    @Test
    void shouldUseAllStepsForThePeak() {
        QuantizedMap map = QuantizedMap.of(Maps.of(1, 4, -12.7f, 6.35f, 0.04f, 0));

        assertThat(map.scale()).isEqualTo(0.1f);
        assertThat(map.values()).isEqualTo(ByteBuffer.wrap(new byte[] {-127, 64, 0, 0}));
    }

    @Test
    void shouldKeepAMapOfZeros() {
        QuantizedMap map = QuantizedMap.of(Maps.constant(2, 3, 0));

        assertThat(map.scale()).isZero();
        assertThat(map.values()).isEqualTo(ByteBuffer.allocate(6));
    }

    @RepeatedTest(100)
    void shouldBeOffByHalfAScaleAtMost(RepetitionInfo run) {
        SignedMap map = Maps.random(new Random(run.getCurrentRepetition()));

        QuantizedMap quantized = QuantizedMap.of(map);

        for (int cell = 0; cell < map.size(); cell++) {
            int value = quantized.values().get(cell);
            assertThat(value).isBetween(-127, 127);
            assertThat(Math.abs(value * quantized.scale() - map.get(cell)))
                    .isLessThanOrEqualTo(quantized.scale() * 0.5001f);
        }
    }

    @RepeatedTest(20)
    void shouldKeepSignsOfTheTiniestRelevance(RepetitionInfo run) {
        float peak = Float.MIN_VALUE * 13 * run.getCurrentRepetition();

        QuantizedMap quantized = QuantizedMap.of(Maps.of(1, 2, -peak, peak));

        assertThat(quantized.values().get(0)).isBetween((byte) -127, (byte) 0);
        assertThat(quantized.values().get(1)).isBetween((byte) 0, (byte) 127);
    }
}
