package io.hedgerow.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.bench.BatchLog.Batch;
import io.hedgerow.bench.SimulatedStream.Pace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceRateTest {
    private static final int RUNS = 40;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // name, a batch, an image (0.1 ms), threads, poll, a record, a commit, images
        "a usual device,                    200, 100,  2,  93, 0.3,  30,   800",
        "a slow device,                    5000, 1000, 2,  20, 0.3,  30,   300",
        "a device faster than its stream,     1, 0.05, 2, 500, 4.0,  50, 40000",
        "one partition,                     200, 100,  1,  93, 0.3, 300,   800",
        "one partition on a fast device,     20,   5,  1, 500, 3.0, 300,  9000",
        "one partition and small polls,     200, 100,  1,  32, 0.3, 300,   800",
        "few images,                        200, 100,  2,  24, 0.3,  30,   300",
        "many threads,                      200, 100, 16,  12, 0.3,  30,  1500"
    })
    void shouldFindTheRateAtWhichExplanationsBecomeVisibleWithinItsError(
            String name,
            int perBatch,
            double perImage,
            int threads,
            int poll,
            double perRecord,
            int commit,
            int images) {
        Pace pace = new Pace(perBatch, perImage, threads, poll, perRecord, commit);
        double truth = new SimulatedStream(pace, 40 * images, 1).visiblePerSecond();

        double sum = 0;
        int within = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            DeviceRate rate = new SimulatedStream(pace, images, seed).measured();
            assertThat(rate.busy()).isBetween(0.01, 1.0);
            assertThat(rate.perSecond()).isLessThanOrEqualTo(pace.mostPerSecond() * (1 + 1e-9));
            assertThat(rate.standardError()).isLessThan(truth / 20);
            within += Math.abs(rate.perSecond() - truth) <= 2 * rate.standardError() + truth / 100 ? 1 : 0;
            sum += rate.perSecond();
        }
        assertThat(sum / RUNS).isCloseTo(truth, within(truth / 50));
        assertThat(within).isGreaterThanOrEqualTo(RUNS * 9 / 10);
    }

    @Test
    void shouldAddDevicesUpAndTakeTheMeanOfTheirShares() {
        List<Batch> busy = new ArrayList<>();
        List<Batch> idle = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            busy.add(new Batch(i * 100L, 100, 8));
            idle.add(new Batch(i * 100L, 50, 2));
        }

        DeviceRate rate = DeviceRate.of(List.of(busy, idle), 0);

        assertThat(rate.perSecond()).isCloseTo(1e9 * 10 / 100, within(1e-3));
        assertThat(rate.standardError()).isCloseTo(0, within(1e-3));
        assertThat(rate.busy()).isCloseTo(0.75, within(1e-9));
        assertThat(rate.meanBatch()).isCloseTo(5, within(1e-9));
    }

    @Test
    void shouldSayHowFarPartsOfARunDiffer() {
        List<Batch> batches = new ArrayList<>();
        long end = 0;
        for (int i = 0; i < 200; i++) {
            // Half of the run is twice as fast as the other one.
            end += i / 10 % 2 == 0 ? 100 : 200;
            batches.add(new Batch(end, 100, 10));
        }

        DeviceRate rate = DeviceRate.of(List.of(batches), 0);

        assertThat(rate.perSecond()).isCloseTo(1e9 * 10 / 150, within(1e6));
        assertThat(rate.standardError()).isGreaterThan(1e5);
    }

    @Test
    void shouldSayNothingOfWhatWasComputedBeforeTheFirstWasVisible() {
        List<Batch> batches = List.of(new Batch(100, 90, 32), new Batch(200, 90, 32), new Batch(300, 90, 32));

        assertThat(DeviceRate.of(List.of(batches), 250).perSecond()).isNaN();
        assertThat(DeviceRate.of(List.of(batches), 0).perSecond()).isNaN();
        assertThat(DeviceRate.of(List.of(List.of()), 0).perSecond()).isNaN();
    }
}
