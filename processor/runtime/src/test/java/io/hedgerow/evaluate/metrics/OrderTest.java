package io.hedgerow.evaluate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static int[] cells(Order order) {
        return IntStream.range(0, order.size()).map(order::cell).toArray();
    }

    @Test
    void shouldSortSignedValuesDescending() {
        float[] values = {-1, 3, -0f, 1e-30f, -5, Float.MAX_VALUE, 0f};

        assertThat(cells(Order.of(values, Order.permutation(7, 1))))
                .startsWith(5, 1, 3)
                .endsWith(0, 4);
    }

    @Test
    void shouldBreakTiesByThePermutationAlone() {
        int[] permutation = Order.permutation(1000, 7);

        assertThat(cells(Order.of(new float[1000], permutation))).isEqualTo(permutation);
        assertThat(permutation).isEqualTo(Order.permutation(1000, 7)).isNotEqualTo(Order.permutation(1000, 8));
        assertThat(IntStream.of(permutation).sorted().toArray())
                .isEqualTo(IntStream.range(0, 1000).toArray());
    }

    @Test
    void shouldKeepPlateausWhereMapsAreEnlarged() {
        SignedMap small = new SignedMap(new float[] {0.1f, 0.1f, 0.1f, 0.1f}, 2, 2, new MapTransform(3.5, 0, 3.5, 0));
        Relevance large = Relevance.of(small, 7, 7);

        assertThat(IntStream.range(0, 49).mapToDouble(large::get)).containsOnly((double) 0.1f);
    }

    @Test
    void shouldEnlargeBilinearlyBetweenCentres() {
        SignedMap small = new SignedMap(new float[] {0, 4}, 1, 2, new MapTransform(4, 0, 4, 0));
        Relevance large = Relevance.of(small, 4, 8);

        assertThat(IntStream.range(8, 16).mapToDouble(large::get))
                .containsExactly(0.0, 0.0, 0.5, 1.5, 2.5, 3.5, 4.0, 4.0);
    }

    @Test
    void shouldGiveNothingBesideWhatAMapCovers() {
        SignedMap part = new SignedMap(new float[] {1}, 1, 1, new MapTransform(2, 1, 2, 1));
        Relevance whole = Relevance.of(part, 4, 4);

        assertThat(IntStream.range(0, 16).filter(i -> whole.get(i) > 0)).containsExactly(5, 6, 9, 10);
    }

    @Test
    void shouldDivideGridsThatDoNotDivideEvenly() {
        Cells cells = Cells.square(14, 192, 100);
        int area = 0;
        for (int cell = 0; cell < cells.count(); cell++) {
            area += cells.area(cell);
        }

        assertThat(area).isEqualTo(19_200);
        assertThat(cells.count()).isEqualTo(196);
        assertThat(Cells.square(14, 8, 100).count()).isEqualTo(8 * 14);
    }

    @Test
    void shouldLeaveOutWhatIsOpen() {
        BitSet inside = new BitSet();
        inside.set(0, 4);
        BitSet open = new BitSet();
        open.set(3, 8);
        Region region = new Region(inside, open, 16);
        float[] values = new float[16];
        values[3] = 100;
        values[0] = 1;
        values[15] = 3;
        Relevance map = new Relevance(values, 4, 4);
        Separation separation = new Separation(map, region, map.order(Order.permutation(16, 1)));

        assertThat(Evidence.of(map, region).energy()).isEqualTo(0.25);
        assertThat(region.area()).isEqualTo(3 / 11.0);
        assertThat(separation.pixelAccuracy()).isEqualTo(8 / 11.0);
        assertThat(separation.averagePrecision()).isEqualTo((0.5 + 2 * 3 / 11.0) / 3);
    }

    @Test
    void shouldBlurAConstantToItself() {
        Relevance map = new Relevance(new float[] {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, 3, 4).blurred(1.5, 0.7);

        assertThat(IntStream.range(0, 12).mapToDouble(map::get)).allMatch(v -> Math.abs(v - 2) < 1e-6);
    }
}
