package io.hedgerow.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MapTransformTest {
    @Test
    void shouldComposeCellsToTensorToImage() {
        MapTransform cellsToTensor = MapTransform.stretch(7, 14, 224, 224);
        MapTransform tensorToImage = MapTransform.onto(224, 224, new Box(80, 0, 480, 480));

        MapTransform cellsToImage = cellsToTensor.andThen(tensorToImage);

        assertThat(cellsToImage.x(0)).isCloseTo(80, within(1e-9));
        assertThat(cellsToImage.x(7)).isCloseTo(560, within(1e-9));
        assertThat(cellsToImage.y(14)).isCloseTo(480, within(1e-9));
        assertThat(cellsToImage.x(3.5)).isCloseTo(320, within(1e-9));
    }

    @Test
    void shouldFindItsWayBack() {
        Random random = new Random(5);
        for (int i = 0; i < 1000; i++) {
            MapTransform there = new MapTransform(
                    random.nextDouble(0.01, 50), random.nextDouble(-99, 99), random.nextDouble(0.01, 50), 3);
            MapTransform both = there.andThen(there.inverse());

            assertThat(both.x(17)).isCloseTo(17, within(1e-6));
            assertThat(both.y(-4)).isCloseTo(-4, within(1e-6));
        }
    }

    @Test
    void shouldCoverExactlyThePixelsOfWholeCells() {
        MapTransform third = MapTransform.stretch(3, 3, 100, 50);

        assertThat(third.project(new Box(0, 0, 3, 3), 100, 50)).isEqualTo(new Box(0, 0, 100, 50));
        assertThat(third.project(new Box(1, 2, 1, 1), 100, 50)).isEqualTo(new Box(33, 33, 34, 17));
    }

    @Test
    void shouldStayWithinTheImage() {
        Random random = new Random(6);
        for (int i = 0; i < 10_000; i++) {
            MapTransform any = new MapTransform(
                    random.nextDouble(0.001, 300),
                    random.nextDouble(-300, 300),
                    random.nextDouble(0.001, 300),
                    random.nextDouble(-300, 300));
            int width = 1 + random.nextInt(200);
            int height = 1 + random.nextInt(200);
            Box cells = new Box(random.nextInt(9), random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9));

            Box pixels = any.project(cells, width, height);

            assertThat(pixels.x()).isBetween(0, width - 1);
            assertThat(pixels.y()).isBetween(0, height - 1);
            assertThat(pixels.x() + pixels.width()).isLessThanOrEqualTo(width);
            assertThat(pixels.y() + pixels.height()).isLessThanOrEqualTo(height);
        }
    }

    @Test
    void shouldRefuseScalesThatLeadNowhere() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MapTransform(0, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new MapTransform(1, 0, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new MapTransform(1, Double.NaN, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new MapTransform(1, 0, Double.POSITIVE_INFINITY, 0));
    }
}
