package io.hedgerow.monitor.shortcut;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.VerdictKind;
import io.hedgerow.monitor.RecordedMaps;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Observation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortcutFinderTest {
    private static final RecordedMaps RECORDED = new RecordedMaps();

    private final ShortcutFinder finder = new ShortcutFinder();

    @ParameterizedTest
    @ValueSource(ints = {60, 100, 128})
    void shouldFindTheStickersBesideStains(int count) {
        List<Group> groups = finder.find(sample("stain", count, 1));

        assertThat(groups.get(0).suspicious()).isTrue();
        assertThat(groups.get(0).share()).isBetween(0.15, 0.5);
        assertThat(groups.get(0).examples()).hasSize(5);
        Group.Box box = groups.get(0).box();
        assertThat(box.rows() * box.columns()).isLessThan(100);
        assertThat(box.row() <= 2 || box.row() + box.rows() >= 14).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "scratch", "dent"})
    void shouldSuspectNothingElse(String label) {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(finder.find(sample(label, 128, seed))).noneMatch(Group::suspicious);
        }
    }

    @Test
    void shouldSayNothingOfFewMaps() {
        assertThat(finder.find(sample("stain", 59, 1))).isEmpty();
    }

    @Test
    void shouldFindTheSameInAnyOrder() {
        List<Observation> maps = new ArrayList<>(events("stain", 300, 3));
        Reservoir forth = new Reservoir();
        maps.forEach(forth::add);
        Collections.shuffle(maps, new Random(4));
        Reservoir back = new Reservoir();
        maps.forEach(back::add);

        assertThat(back.maps()).isEqualTo(forth.maps()).hasSize(Reservoir.SIZE);
        assertThat(Reservoir.of(page -> back.page(page)).maps()).isEqualTo(forth.maps());
    }

    @Test
    void shouldWriteOnlyThePageOfAMapThatIsReplaced() {
        Reservoir reservoir = new Reservoir();
        List<Observation> maps = events("ok", 400, 5);
        maps.subList(0, 128).forEach(reservoir::add);
        assertThat(reservoir.changed().cardinality()).isEqualTo(Reservoir.PAGES);
        assertThat(reservoir.changed().isEmpty()).isTrue();

        long kept = maps.subList(128, 140).stream().filter(reservoir::add).count();

        assertThat(kept).isPositive();
        assertThat(reservoir.changed().cardinality()).isBetween(1, (int) kept);
    }

    @Test
    void shouldPreferLaterMaps() {
        Reservoir reservoir = new Reservoir();
        long day = 86_400_000;
        Grid map = RECORDED.maps().get(0);
        for (int event = 0; event < 2_000; event++) {
            reservoir.add(event("event-" + event, event * day / 200, 0, map));
        }

        long ofTheLastDay =
                reservoir.maps().stream().filter(one -> one.time() >= 9 * day).count();

        assertThat(ofTheLastDay).isBetween(45L, 90L);
    }

    @Test
    void shouldKnowGroupsAgainAndWhatWasSaidOfThem() {
        KnownGroups known = new KnownGroups(finder.find(sample("stain", 128, 1)));
        String id = known.list().get(0).id();

        KnownGroups answered = known.answered(id, VerdictKind.LEGITIMATE);
        KnownGroups again = answered.updated(finder.find(sample("stain", 128, 2)), Set.of());

        assertThat(again.get(id)).isNotNull();
        assertThat(again.get(id).verdict()).isEqualTo(VerdictKind.LEGITIMATE);
        assertThat(again.updated(List.of(), Set.of()).list())
                .extracting(Group::id)
                .containsExactly(id);
    }

    @Test
    void shouldHaveASpectrumWithAGapWhereThereAreGroups() {
        Spectrum stain = new Spectrum(grids(sample("stain", 200, 1)));
        Spectrum scratch = new Spectrum(grids(sample("scratch", 200, 1)));

        assertThat(stain.gap()).isGreaterThan(4);
        assertThat(stain.groups()).isEqualTo(4);
        assertThat(scratch.gap()).isLessThan(4);
        int[] clusters = stain.clusters(4);
        assertThat(IntStream.of(clusters).distinct().count()).isEqualTo(4);
        assertThat(stain.embedding()).hasDimensions(200, 32);
        assertThat(stain.eigenvalues()[0]).isLessThan(1e-9);
    }

    private static List<Grid> grids(List<SampledMap> maps) {
        return maps.stream().map(SampledMap::map).toList();
    }

    private static List<SampledMap> sample(String label, int count, int seed) {
        return events(label, count, seed).stream().map(SampledMap::of).toList();
    }

    private static List<Observation> events(String label, int count, int seed) {
        List<Grid> maps = new ArrayList<>(RECORDED.of(label));
        Collections.shuffle(maps, new Random(seed));
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToObj(at -> event(label + "-" + seed + "-" + at, at, random.nextDouble(), maps.get(at)))
                .toList();
    }

    private static Observation event(String id, long time, double score, Grid map) {
        return new Observation(id, time, "", null, 3, "stain", map, (float) score, Float.NaN, Float.NaN, Float.NaN);
    }
}
