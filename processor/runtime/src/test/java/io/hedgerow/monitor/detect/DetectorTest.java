package io.hedgerow.monitor.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.monitor.Golden;
import io.hedgerow.monitor.RecordedMaps;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.MapFeatures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {
    private static final int WINDOW = 10;

    private final Golden golden = new Golden();
    private final Bets bets = new Bets(golden.limits());

    @Test
    void shouldAgreeWithTheReference() {
        double[] expected = golden.numbers("evidence");
        List<Grid> maps = maps();
        Detector detector = new Detector(bets);

        for (int window = 0; window < expected.length; window++) {
            WindowSums sums = sums(maps.subList(window * WINDOW, (window + 1) * WINDOW));
            assertThat(detector.step(sums.logs(), 1))
                    .as("after window %d", window)
                    .isCloseTo(expected[window], within(1e-4));
        }
        assertThat(detector.logEvidence()).isGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16})
    void shouldHaveTheSameEvidenceOfAnyPartsInAnyOrder(int partitions) {
        List<Grid> maps = new ArrayList<>(maps());
        Detector whole = new Detector(bets);
        whole.step(sums(maps).logs(), 1);
        Collections.shuffle(maps, new Random(partitions));
        WindowSums merged = new WindowSums(bets);
        for (int part = 0; part < partitions; part++) {
            List<Grid> some = new ArrayList<>();
            for (int at = part; at < maps.size(); at += partitions) {
                some.add(maps.get(at));
            }
            merged.add(sums(some));
        }
        Detector parts = new Detector(bets);
        parts.step(merged.logs(), 1);

        assertThat(parts.logs()).isEqualTo(whole.logs());
        assertThat(parts.logEvidence()).isEqualTo(whole.logEvidence());
    }

    @Test
    void shouldDivideEvidenceByTheDependence() {
        WindowSums sums = sums(maps());
        Detector one = new Detector(bets);
        Detector ten = new Detector(bets);

        assertThat(ten.step(sums.logs(), 10)).isLessThan(one.step(sums.logs(), 1) / 5);
    }

    @Test
    void shouldCountWhatWasChosenAtRandomAsLessDependent() {
        WindowSums all = sums(maps());
        WindowSums tenth = sums(maps());
        tenth.sampled(0.1);
        AlertTimes times = new AlertTimes(1, 1, 1);
        Watch dependent = new Watch(golden.limits(), 11);
        Watch chosen = new Watch(golden.limits(), 11);
        Watch half = new Watch(golden.limits(), 2);

        dependent.step(all, 0, 10, Double.MAX_VALUE, "a", times);
        chosen.step(tenth, 0, 10, Double.MAX_VALUE, "a", times);
        half.step(all, 0, 10, Double.MAX_VALUE, "a", times);

        assertThat(chosen.logEvidence()).isEqualTo(half.logEvidence()).isNotEqualTo(dependent.logEvidence());
    }

    @Test
    void shouldCountAsItAddsOneByOne() {
        WindowSums events = new WindowSums(bets);
        WindowSums counts = new WindowSums(bets);
        double[] x = new double[Features.COUNT];
        for (int event = 0; event < 50; event++) {
            x[Features.NOVELTY] = event % 5 == 0 ? 1 : 0;
            events.add(bets, x, null);
        }
        counts.add(bets, Features.NOVELTY, 10, 50, null);

        int first = Features.NOVELTY * Bets.SIDES * Bets.STAKES;
        for (int component = first; component < first + Bets.SIDES * Bets.STAKES; component++) {
            assertThat(counts.logs()[component]).isEqualTo(events.logs()[component]);
        }
        assertThat(counts.feature(Features.NOVELTY)).isEqualTo(events.feature(Features.NOVELTY));
    }

    private List<Grid> maps() {
        RecordedMaps recorded = new RecordedMaps();
        List<Grid> dents = recorded.of("dent");
        List<Grid> maps = new ArrayList<>(dents.subList(golden.get("reference").asInt(), dents.size()));
        maps.addAll(recorded.stickers().subList(0, 40));
        return maps;
    }

    private WindowSums sums(List<Grid> maps) {
        MapFeatures measure = new MapFeatures();
        double[] features = new double[Features.COUNT];
        WindowSums sums = new WindowSums(bets);
        for (Grid map : maps) {
            measure.measure(map, Double.NaN, golden.landmarks(), features);
            sums.add(bets, features, null);
        }
        return sums;
    }
}
