package io.hedgerow.compiler.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.network.Constant;
import org.junit.jupiter.api.Test;

class KernelsTest {

    /** Two output channels of 1 × 1 × 4 inputs each. */
    @Test
    void shouldTakeWeightsInWholeLevelsOfEachOutputChannel() {
        Constant kernel = new Constant(new long[] {1, 1, 4, 2}, new float[] {-2, 0, 1, 0, 0.5f, 0, 0.015f, 0});

        assertThat(Kernels.levels(kernel).values()).containsExactly(127, 0, 64, 0, 32, 0, 1, 0);
    }

    @Test
    void shouldTakeNothingButZeroForZero() {
        Constant kernel = new Constant(new long[] {1, 1, 4, 1}, new float[] {1e30f, Float.MIN_VALUE, -0f, -1e-30f});

        assertThat(Kernels.levels(kernel).values()).containsExactly(127, 1, 0, 1);
    }
}
