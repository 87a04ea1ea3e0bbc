package io.hedgerow.evaluate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static Trials trials(int pictures, int each) {
        Trials trials = new Trials();
        for (int i = 0; i < pictures * each; i++) {
            trials.add("picture " + i / each, i % 3 == 0 ? "rare" : "frequent");
        }
        return trials;
    }

    @Test
    void shouldFindTheWidthThatTheoryExpects() {
        double[] values = new SplittableRandom(1).doubles(400).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 399);
        Estimate estimate = new Bootstrap(trials(400, 1), 4000, 7).means(new double[][] {values})[0].micro();

        assertThat(estimate.value()).isCloseTo(mean, within(1e-12));
        assertThat(estimate.high() - estimate.low()).isCloseTo(2 * 1.96 * deviation / 20, within(0.004));
    }

    @Test
    void shouldTreatTrialsOfAPictureAsOne() {
        double[] values = new SplittableRandom(1).doubles(100).toArray();
        double[] repeated =
                IntStream.range(0, 400).mapToDouble(i -> values[i / 4]).toArray();

        Estimate one = new Bootstrap(trials(100, 1), 2000, 7).means(new double[][] {values})[0].micro();
        Estimate four = new Bootstrap(trials(100, 4), 2000, 7).means(new double[][] {repeated})[0].micro();

        assertThat(four.low()).isCloseTo(one.low(), within(1e-12));
        assertThat(four.high()).isCloseTo(one.high(), within(1e-12));
    }

    @Test
    void shouldPairDifferences() {
        SplittableRandom random = new SplittableRandom(1);
        double[] one = random.doubles(60).toArray();
        double[] better = Arrays.stream(one)
                .map(v -> v + 0.01 + 0.001 * random.nextDouble())
                .toArray();
        double[] difference =
                IntStream.range(0, 60).mapToDouble(i -> better[i] - one[i]).toArray();
        Bootstrap bootstrap = new Bootstrap(trials(60, 1), 2000, 7);
        Bootstrap.Means means = bootstrap.means(new double[][] {difference})[0];

        assertThat(means.micro().low()).as("the interval leaves 0 out").isPositive();
        assertThat(means.shareAbove()).isEqualTo(1);
        assertThat(bootstrap.differenceOfMedians(better, one).value()).isCloseTo(0.0105, within(0.03));
        assertThat(bootstrap.differenceOfMedians(one, one)).isEqualTo(new Estimate(0, 0, 0));
    }

    @Test
    void shouldAverageOverClassesThatHaveTrials() {
        double[] values =
                IntStream.range(0, 30).mapToDouble(i -> i % 3 == 0 ? 1 : 0).toArray();
        values[1] = Double.NaN;
        Bootstrap.Means means = new Bootstrap(trials(30, 1), 100, 7).means(new double[][] {values, new double[30]})[0];

        assertThat(means.macro().value()).isEqualTo(0.5);
        assertThat(means.micro().value()).isEqualTo(10 / 29.0);
    }

    @Test
    void shouldTakeMediansThatOneTrialDoesNotRule() {
        double[] values = IntStream.range(0, 101).mapToDouble(i -> i).toArray();
        values[100] = Double.POSITIVE_INFINITY;

        Estimate median = new Bootstrap(trials(101, 1), 1000, 7).medians(new double[][] {values})[0];

        assertThat(median.value()).isEqualTo(50);
        assertThat(median.low()).isBetween(35.0, 48.0);
        assertThat(median.high()).isBetween(52.0, 65.0);
    }

    @Test
    void shouldGiveTheSameForTheSameSeed() {
        double[][] columns = {new SplittableRandom(1).doubles(50).toArray()};
        Trials trials = trials(50, 1);

        assertThat(new Bootstrap(trials, 500, 3).means(columns))
                .isEqualTo(new Bootstrap(trials, 500, 3).means(columns));
        assertThat(new Bootstrap(trials, 500, 3).means(columns))
                .isNotEqualTo(new Bootstrap(trials, 500, 4).means(columns));
    }

    @Test
    void shouldSayNothingWithoutValues() {
        double[] none = new double[30];
        Arrays.fill(none, Double.NaN);

        assertThat(new Bootstrap(trials(30, 1), 100, 7).means(new double[][] {none})[0].micro())
                .isEqualTo(Estimate.NONE);
        assertThat(new Concordance(3).w()).isNaN();
        assertThat(Ranks.tau(new double[] {1, 2, 3}, new double[] {1, 3, 2})).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(Ranks.correlation(new double[] {1, 1}, new double[] {1, 2})).isNaN();
    }
}
