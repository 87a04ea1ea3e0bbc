package io.hedgerow.evaluate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.evaluate.data.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PointingTest {
    private static final MapTransform THRICE = MapTransform.stretch(3, 2, 9, 6);

    /** Where the largest values are, each pixel of the picture asked for by itself. */
    private static List<int[]> points(SignedMap map, int width, int height) {
        List<int[]> points = new ArrayList<>();
        double largest = Double.NEGATIVE_INFINITY;
        MapTransform toCells = map.toImage().inverse();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double column = toCells.x(x + 0.5);
                double row = toCells.y(y + 0.5);
                if (column < 0 || column > map.width() || row < 0 || row > map.height()) {
                    continue;
                }
                double value = between(map, column - 0.5, row - 0.5);
                if (value > largest) {
                    points.clear();
                    largest = value;
                }
                if (value == largest) {
                    points.add(new int[] {x, y});
                }
            }
        }
        return points;
    }

    /** Along rows first; beyond the edge's centres it is exactly what is there. */
    private static double between(SignedMap map, double x, double y) {
        int row = (int) Math.floor(y);
        double above = alongRow(map, row, x);
        return above + (alongRow(map, row + 1, x) - above) * (y - row);
    }

    private static double alongRow(SignedMap map, int row, double x) {
        int column = (int) Math.floor(x);
        double left = cell(map, row, column);
        return left + (cell(map, row, column + 1) - left) * (x - column);
    }

    private static double cell(SignedMap map, int row, int column) {
        return map.get(Math.max(0, Math.min(map.height() - 1, row)), Math.max(0, Math.min(map.width() - 1, column)));
    }

    @RepeatedTest(100)
    void shouldLookForTheLargestValueAtThePicturesSize(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int rows = 2 + random.nextInt(9);
        int columns = 2 + random.nextInt(9);
        int width = 3 + random.nextInt(40);
        int height = 3 + random.nextInt(40);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        // some cut out of the picture, some larger than it
        double size = 0.5 + random.nextDouble();
        MapTransform whole = MapTransform.stretch(columns, rows, width, height);
        SignedMap map = new SignedMap(
                values,
                rows,
                columns,
                new MapTransform(whole.scaleX() * size, random.nextInt(3), whole.scaleY() * size, -random.nextInt(3)));
        Mask mask = new Mask(width, height);
        mask.setRow(random.nextInt(height), 0, 1 + random.nextInt(width));

        List<int[]> points = points(map, width, height);
        double hits = points.stream()
                        .filter(point -> mask.isNear(point[0], point[1], 4))
                        .count()
                / (double) points.size();

        assertThat(new Pointing(mask).hit(map, 4)).isEqualTo(Double.valueOf(hits));
    }

    @Test
    void shouldCountEachOfManyEqualValues() {
        SignedMap plateau = new SignedMap(new float[] {5, 5, -1, 5, 5, -1}, 2, 3, THRICE);
        Mask mask = new Mask(9, 6);
        mask.setRow(2, 0, 3);

        // of five columns by six rows, up to the centre of the second cell
        assertThat(new Pointing(mask).hit(plateau, 0.5)).isEqualTo(3 / 30.0);
        // of a constant map all pixels, and more of them than are asked for one by one
        SignedMap constant = new SignedMap(new float[] {-2}, 1, 1, MapTransform.stretch(1, 1, 90, 60));
        Mask part = new Mask(90, 60);
        for (int y = 0; y < 60; y++) {
            part.setRow(y, 10, 40);
        }
        assertThat(new Pointing(part).hit(constant, 15.001)).isEqualTo((10 + 30 + 15) / 90.0);
    }

    @Test
    void shouldSayNothingOfAMapBesideThePicture() {
        SignedMap beside = new SignedMap(new float[] {1}, 1, 1, new MapTransform(1, 50, 1, 50));

        assertThat(new Pointing(new Mask(9, 6)).hit(beside, 4)).isNaN();
    }
}
