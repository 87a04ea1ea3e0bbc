package io.hedgerow.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.compiler.runtime.Maps;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapStatisticsTest {
    @Test
    void shouldMeasureASmallMapAsByHand() {
        // p = 0.25 and 0.75
        MapStatistics statistics = MapStatistics.of(Maps.of(2, 2, 1, -2, 0, 3));

        double entropy = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);
        assertThat(statistics.sum()).isEqualTo(2);
        assertThat(statistics.peak()).isEqualTo(3);
        assertThat(statistics.concentration()).isCloseTo((float) (1 - entropy / Math.log(4)), within(1e-6f));
        assertThat(statistics.suppressionShare()).isCloseTo(2 / 6f, within(1e-6f));
        assertThat(statistics.centreX()).isCloseTo(0.25f * 0.25f + 0.75f * 0.75f, within(1e-6f));
        assertThat(statistics.centreY()).isCloseTo(0.25f * 0.25f + 0.75f * 0.75f, within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"2,2", "7,7", "10,10", "13,29", "112,96"})
    void shouldFindAnEvenMapSpreadEvenly(int height, int width) {
        MapStatistics statistics = MapStatistics.of(Maps.constant(height, width, 0.3f));

        assertThat(statistics.concentration()).isCloseTo(0, within(1e-6f));
        assertThat(statistics.borderShare()).isCloseTo(0.36f, within(1e-6f));
        assertThat(statistics.suppressionShare()).isZero();
        assertThat(statistics.centreX()).isCloseTo(0.5f, within(1e-6f));
        assertThat(statistics.centreY()).isCloseTo(0.5f, within(1e-6f));
    }

    @Test
    void shouldFindOneCellConcentrated() {
        float[] values = new float[20 * 10];
        values[7 * 10 + 2] = 5;

        MapStatistics statistics = MapStatistics.of(Maps.of(20, 10, values));

        assertThat(statistics.concentration()).isEqualTo(1);
        assertThat(statistics.borderShare()).isZero();
        assertThat(statistics.centreX()).isEqualTo(0.25f);
        assertThat(statistics.centreY()).isEqualTo(0.375f);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "19,0", "0,19", "19,19", "9,1", "1,12", "18,7"})
    void shouldCountTheOuterTenthOnEverySide(int row, int column) {
        float[] values = new float[20 * 20];
        values[row * 20 + column] = 1;
        values[10 * 20 + 10] = 3;

        assertThat(MapStatistics.of(Maps.of(20, 20, values)).borderShare()).isEqualTo(0.25f);
    }

    @Test
    void shouldLeaveUndefinedWhatAMapOfZerosDoesNotHave() {
        assertThat(MapStatistics.of(Maps.constant(3, 5, 0)))
                .isEqualTo(new MapStatistics(0, 0, null, null, null, null, null));
    }

    @Test
    void shouldLeaveUndefinedWhatAMapOfSuppressionDoesNotHave() {
        assertThat(MapStatistics.of(Maps.constant(2, 2, -1)))
                .isEqualTo(new MapStatistics(-4, 1, null, null, 1f, null, null));
    }

    @Test
    void shouldShowANumberThatIsNotFinite() {
        assertThat(MapStatistics.of(Maps.of(1, 3, 1, Float.NaN, 2)).sum()).isNaN();
        assertThat(MapStatistics.of(Maps.of(1, 2, 1, Float.POSITIVE_INFINITY)).sum())
                .isInfinite();
    }

    @RepeatedTest(200)
    void shouldStayWithinItsRangesAndIgnoreScale(RepetitionInfo run) {
        SignedMap map = Maps.random(new Random(run.getCurrentRepetition()));

        MapStatistics statistics = MapStatistics.of(map);
        MapStatistics scaled = MapStatistics.of(Maps.scaled(map, 0.125f));

        for (Float share : new Float[] {
            statistics.concentration(),
            statistics.borderShare(),
            statistics.suppressionShare(),
            statistics.centreX(),
            statistics.centreY()
        }) {
            if (share != null) {
                assertThat(share).isBetween(0f, 1f);
            }
        }
        assertThat(scaled.concentration()).isEqualTo(statistics.concentration());
        assertThat(scaled.centreX()).isEqualTo(statistics.centreX());
        assertThat(scaled.suppressionShare()).isEqualTo(statistics.suppressionShare());
        assertThat(scaled.peak()).isEqualTo(statistics.peak() / 8);
    }

    @RepeatedTest(100)
    void shouldExchangeEvidenceAndSuppressionWithTheSign(RepetitionInfo run) {
        SignedMap map = Maps.random(new Random(run.getCurrentRepetition()));

        MapStatistics statistics = MapStatistics.of(map);
        MapStatistics negative = MapStatistics.of(Maps.scaled(map, -1));

        assertThat(negative.sum()).isEqualTo(-statistics.sum());
        if (statistics.suppressionShare() != null) {
            assertThat(negative.suppressionShare()).isCloseTo(1 - statistics.suppressionShare(), within(1e-6f));
        }
    }
}
