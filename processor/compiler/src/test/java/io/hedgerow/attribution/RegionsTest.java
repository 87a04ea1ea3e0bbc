package io.hedgerow.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.compiler.runtime.Maps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RegionsTest {
    @Test
    void shouldBoxEvidenceAndSuppressorsInPixels() {
        float[] values = new float[30 * 20];
        paint(values, 20, new Box(3, 5, 6, 4), 1);
        paint(values, 20, new Box(12, 20, 4, 7), -0.5f);
        // cells of 8 x 4 pixels, 10 pixels in from the left
        SignedMap map = new SignedMap(values, 30, 20, new MapTransform(8, 10, 4, 0));

        Regions regions = Regions.of(map, 200, 120);

        assertThat(regions.evidence()).hasSize(1);
        Region evidence = regions.evidence().get(0);
        assertThat(evidence.share()).isBetween(0.5f, 0.6f);
        // smoothed: 8 cells of 1 in the middle, then the first 6 of those with 2/3: the row above and both ends of the
        // next
        assertThat(evidence.box()).isEqualTo(new Box(10 + 3 * 8, 5 * 4, 6 * 8, 3 * 4));
        assertThat(regions.suppressors()).hasSize(1);
        assertThat(within(regions.suppressors().get(0).box(), new Box(10 + 12 * 8, 20 * 4, 4 * 8, 7 * 4)))
                .isTrue();
    }

    @Test
    void shouldOrderRegionsByTheirShareAndKeepFive() {
        float[] values = new float[60 * 60];
        for (int i = 0; i < 7; i++) {
            paint(values, 60, new Box(3, 2 + 8 * i, 3, 3), 7 - 0.5f * i);
        }

        List<Region> evidence = Regions.of(Maps.of(60, 60, values), 60, 60).evidence();

        assertThat(evidence).hasSize(5);
        assertThat(evidence).extracting(Region::share).isSortedAccordingTo((a, b) -> Float.compare(b, a));
        assertThat(evidence).extracting(region -> region.box().y()).isSorted();
    }

    @Test
    void shouldJoinCellsThatTouchAtACorner() {
        float[] values = new float[30 * 30];
        Arrays.fill(values, 2.2f / 900);
        values[5 * 30 + 5] = 1;
        values[8 * 30 + 8] = 1;

        Region first = Regions.of(Maps.of(30, 30, values), 30, 30).evidence().get(0);

        assertThat(first.box()).isEqualTo(new Box(4, 4, 6, 6));
    }

    @Test
    void shouldLeaveOutWhatCarriesLessThanATwentieth() {
        float[] values = new float[60 * 60];
        paint(values, 60, new Box(5, 5, 20, 20), 10);
        paint(values, 60, new Box(40, 40, 5, 5), 10);
        paint(values, 60, new Box(5, 40, 3, 3), 10);

        List<Region> evidence = Regions.of(Maps.of(60, 60, values), 60, 60).evidence();

        assertThat(evidence).extracting(Region::share).allMatch(share -> share >= 0.05f);
        assertThat(evidence).hasSize(1);
    }

    @Test
    void shouldFindNoRegionsInScatteredRelevance() {
        Random random = new Random(5);
        float[] values = new float[300 * 300];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }

        assertThat(Regions.of(Maps.of(300, 300, values), 300, 300)).isEqualTo(new Regions(List.of(), List.of()));
    }

    @Test
    void shouldFindNothingInAMapOfZeros() {
        assertThat(Regions.of(Maps.constant(9, 4, 0), 100, 100)).isEqualTo(new Regions(List.of(), List.of()));
    }

    @Test
    void shouldTakeOfEqualCellsNoMoreThanHalf() {
        Region half = Regions.of(Maps.constant(10, 10, 1), 100, 100).evidence().get(0);

        assertThat(half.share()).isEqualTo(0.5f);
    }

    @RepeatedTest(200)
    void shouldHoldAtLeastATwentiethEachInDisjointSigns(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        SignedMap map = Maps.random(random);
        int width = 1 + random.nextInt(300);
        int height = 1 + random.nextInt(300);
        SignedMap onImage = new SignedMap(
                values(map), map.height(), map.width(), MapTransform.stretch(map.width(), map.height(), width, height));

        Regions regions = Regions.of(onImage, width, height);

        for (List<Region> side : List.of(regions.evidence(), regions.suppressors())) {
            assertThat(side).hasSizeLessThanOrEqualTo(5);
            float sum = 0;
            for (Region region : side) {
                assertThat(region.share()).isBetween(0.05f, 1f);
                assertThat(within(region.box(), new Box(0, 0, width, height))).isTrue();
                sum += region.share();
            }
            assertThat(sum).isLessThanOrEqualTo(1.0001f);
        }
        assertThat(new RegionFinder().find(onImage, width, height))
                .isEqualTo(new RegionFinder.Found(regions.evidence(), regions.suppressors()));
        Regions negative = Regions.of(Maps.scaled(onImage, -4), width, height);
        assertThat(negative.evidence()).isEqualTo(regions.suppressors());
        assertThat(negative.suppressors()).isEqualTo(regions.evidence());
    }

    @RepeatedTest(50)
    void shouldTakeTheFewestCells(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        // one row: a region's box is its cells
        float[] values = new float[2 + random.nextInt(60)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        SignedMap map = Maps.of(1, values.length, values);
        float[] sorted = new BoxFilter().smooth(map);
        Arrays.sort(sorted);
        double total = 0;
        for (float value : sorted) {
            total += Math.max(0, value);
        }
        int fewest = 0;
        for (double held = 0; held < total / 2; fewest++) {
            held += sorted[sorted.length - 1 - fewest];
        }

        List<Region> evidence = Regions.of(map, values.length, 1).evidence();

        int cells = evidence.stream().mapToInt(region -> region.box().width()).sum();
        double share = evidence.stream().mapToDouble(Region::share).sum();
        assertThat(cells).isLessThanOrEqualTo(fewest);
        if (share >= 0.5) {
            assertThat(cells).isEqualTo(fewest);
        }
    }

    @RepeatedTest(200)
    void shouldFindWhatFloodingFinds(RepetitionInfo run) {
        SignedMap map = Maps.random(new Random(run.getCurrentRepetition()));

        List<Region> evidence = Regions.of(map, map.width(), map.height()).evidence();

        float[] smoothed = new BoxFilter().smooth(map);
        double total = IntStream.range(0, smoothed.length)
                .mapToDouble(cell -> Math.max(0, smoothed[cell]))
                .sum();
        boolean[] salient = salient(smoothed);
        List<Box> boxes = new ArrayList<>();
        List<Double> sums = new ArrayList<>();
        for (int cell = 0; cell < salient.length; cell++) {
            if (salient[cell]) {
                Flood flood = new Flood(map.width(), smoothed, salient);
                flood.from(cell);
                boxes.add(flood.box());
                sums.add(flood.sum);
            }
        }
        List<Box> largest = IntStream.range(0, boxes.size())
                .boxed()
                .sorted(Comparator.comparing((Integer region) -> -sums.get(region)))
                .limit(5)
                .filter(region -> sums.get(region) >= 0.05 * total)
                .map(boxes::get)
                .toList();
        assertThat(evidence).extracting(Region::box).isEqualTo(largest);
    }

    /** The fewest cells that hold half of the evidence; of equal ones the first. */
    private static boolean[] salient(float[] smoothed) {
        boolean[] salient = new boolean[smoothed.length];
        double total = 0;
        for (float value : smoothed) {
            total += Math.max(0, value);
        }
        List<Integer> order = IntStream.range(0, smoothed.length)
                .boxed()
                .sorted(Comparator.comparing((Integer cell) -> -smoothed[cell]))
                .toList();
        double held = 0;
        for (int i = 0; held < total / 2; i++) {
            held += smoothed[order.get(i)];
            salient[order.get(i)] = true;
        }
        return salient;
    }

    /** Takes the salient cells that hang together. */
    private static final class Flood {
        private final int width;
        private final float[] values;
        private final boolean[] salient;
        private int left = Integer.MAX_VALUE;
        private int top = Integer.MAX_VALUE;
        private int right;
        private int bottom;
        private double sum;

        Flood(int width, float[] values, boolean[] salient) {
            this.width = width;
            this.values = values;
            this.salient = salient;
        }

        void from(int cell) {
            int row = cell / width;
            int column = cell % width;
            salient[cell] = false;
            left = Math.min(left, column);
            right = Math.max(right, column);
            top = Math.min(top, row);
            bottom = Math.max(bottom, row);
            sum += values[cell];
            for (int y = Math.max(0, row - 1); y <= Math.min(values.length / width - 1, row + 1); y++) {
                for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
                    if (salient[y * width + x]) {
                        from(y * width + x);
                    }
                }
            }
        }

        Box box() {
            return new Box(left, top, right - left + 1, bottom - top + 1);
        }
    }

    private static boolean within(Box inner, Box outer) {
        return inner.x() >= outer.x()
                && inner.y() >= outer.y()
                && inner.x() + inner.width() <= outer.x() + outer.width()
                && inner.y() + inner.height() <= outer.y() + outer.height();
    }

    private static void paint(float[] values, int stride, Box cells, float value) {
        for (int y = cells.y(); y < cells.y() + cells.height(); y++) {
            Arrays.fill(values, y * stride + cells.x(), y * stride + cells.x() + cells.width(), value);
        }
    }

    private static float[] values(SignedMap map) {
        float[] values = new float[map.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = map.get(i);
        }
        return values;
    }
}
