package io.hedgerow.evaluate.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 1.5, 3, 15})
    void shouldBeWidenedToAllThatIsNear(double distance) {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 20; round++) {
            Mask mask = new Mask(40, 30);
            for (int i = 0; i < round; i++) {
                int x = random.nextInt(40);
                mask.setRow(random.nextInt(30), x, x + random.nextInt(6));
            }
            Mask wide = mask.widened(distance);

            for (int pixel = 0; pixel < 1200; pixel++) {
                boolean isNear = false;
                for (int other = 0; other < 1200; other++) {
                    int dx = other % 40 - pixel % 40;
                    int dy = other / 40 - pixel / 40;
                    isNear |= mask.get(other) && dx * dx + dy * dy < distance * distance;
                }
                assertThat(wide.get(pixel)).isEqualTo(isNear);
                assertThat(mask.isNear(pixel % 40, pixel / 40, distance)).isEqualTo(isNear);
            }
        }
    }
}
