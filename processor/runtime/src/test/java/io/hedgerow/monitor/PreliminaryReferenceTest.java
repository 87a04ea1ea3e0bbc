package io.hedgerow.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.AlertState;
import io.hedgerow.FeatureLimits;
import io.hedgerow.LearnedReference;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceState;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Observation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a class is compared with before as many of its explanations have come as a reference is to have. */
class PreliminaryReferenceTest {
    private static final int DENT = 2;

    @Test
    void shouldCompareAClassWithItsFirstHundredMapsUntilAllAreLearned() {
        Rig rig = new Rig(4, 200, 300);

        rig.run(9, Rig.USUALLY);

        List<LearnedReference> ofDent = references(rig, DENT);
        assertThat(ofDent).extracting(LearnedReference::getPreliminary).containsExactly(true, false);
        LearnedReference first = ofDent.get(0);
        LearnedReference full = ofDent.get(1);
        assertThat(first.getEvents()).isBetween(100L, 299L);
        assertThat(first.getCovers()).contains("preliminary");
        assertThat(full.getEvents()).isBetween(300L, 399L);
        assertThat(full.getCovers()).doesNotContain("preliminary");
        assertThat(full.getPrototypes()).isEqualTo(first.getPrototypes());
        assertThat(width(full, "concentration"))
                .as("three times as many maps say it better")
                .isLessThan(width(first, "concentration"));
        assertThat(rig.profiles)
                .filteredOn(profile -> profile.getClassIndex() == DENT
                        && profile.getReference().getState() == ReferenceState.READY
                        && profile.getReference().getLearned() < 300
                        && profile.getLogEvidence() != null)
                .as("compared while it is learned")
                .hasSizeGreaterThan(1)
                .allMatch(profile -> profile.getReference().getWanted() == 300);
        assertThat(references(rig, -1))
                .extracting(LearnedReference::getPreliminary)
                .containsExactly(false);
        assertThat(rig.opened(AlertKind.DRIFT)).isEmpty();
    }

    @Test
    void shouldFindAChangeOfOneClassBeforeAllIsLearnedAndNotLearnIt() {
        Rig rig = new Rig(3, 200, 300);
        Rig killed = new Rig(3, 200, 300);
        change(rig, false);
        change(killed, true);

        List<Alert> ofDent = rig.alerts.stream()
                .filter(alert -> alert.getKind() == AlertKind.DRIFT && alert.getClassIndex() == DENT)
                .toList();
        assertThat(ofDent).extracting(Alert::getId).containsOnly(ofDent.get(0).getId());
        assertThat(ofDent.get(0).getState()).isEqualTo(AlertState.OPENED);
        Alert last = ofDent.get(ofDent.size() - 1);
        assertThat(last.getClosedBecause()).isEqualTo("back");
        List<ReferenceEntry> entries = entries(rig, DENT);
        ReferenceEntry begun = entries.get(0);
        ReferenceEntry ended = entries.get(entries.size() - 1);
        LearnedReference first = (LearnedReference) begun.getBody();
        LearnedReference full = (LearnedReference) ended.getBody();
        assertThat(first.getPreliminary()).isTrue();
        assertThat(begun.getTime()).isBeforeOrEqualTo(ofDent.get(0).getSince());
        assertThat(full.getPreliminary()).isFalse();
        assertThat(entries)
                .allMatch(entry -> ((LearnedReference) entry.getBody()).getPreliminary()
                        || entry.getTime().isAfter(last.getWindowEnd()));
        assertThat(mean(full, "border"))
                .as("as it would be without a single sticker, which moves it to 0.5")
                .isBetween(mean(first, "border") - 0.03, mean(first, "border") + 0.03);

        assertThat(killed.alerts).isEqualTo(rig.alerts);
        assertThat(killed.references).hasToString(rig.references.toString());
    }

    @Test
    void shouldNotTakeItsPreliminaryReferenceForAnother() {
        Rig rig = new Rig(4, 200, 300);
        rig.run(9, Rig.USUALLY);
        int references = rig.references.size();

        rig.keep(rig.monitor().take(entries(rig, DENT).get(0)));
        rig.run(2, Rig.USUALLY);

        assertThat(rig.references).hasSize(references);
        assertThat(learned(rig).get(rig.now() - 10_000))
                .as("compared with the full one, as before")
                .isGreaterThanOrEqualTo(300);
    }

    @Test
    void shouldForgetWhatItHasLearnedOfAChangeThatTookTimeToBeSeen() {
        Rig rig = new Rig(3, 200, 300);

        rig.run(4, Rig.USUALLY);
        rig.run(
                6,
                Rig.USUALLY,
                (event, dice) ->
                        event.classIndex() == DENT && dice.nextInt(4) == 0 ? with(event, rig.sticker()) : event);

        Alert found = rig.opened(AlertKind.DRIFT).stream()
                .filter(alert -> alert.getClassIndex() == DENT)
                .findFirst()
                .orElseThrow();
        TreeMap<Long, Long> learned = learned(rig);
        long before = learned.lowerEntry(found.getSince().toEpochMilli()).getValue();
        assertThat(learned.get(found.getWindowStart().toEpochMilli())).isEqualTo(before);
        assertThat(learned.values()).as("until it was suspected").anyMatch(count -> count > before);
    }

    @Test
    void shouldNotTakeAFewScenesForAReference() {
        Rig rig = new Rig(6, 200, 300);
        Grid[] scene = {rig.map(DENT)};

        rig.run(9, Rig.USUALLY, (event, dice) -> event.classIndex() == DENT ? inScene(rig, event, scene, dice) : event);

        assertThat(references(rig, DENT))
                .extracting(LearnedReference::getPreliminary)
                .containsExactly(false);
        assertThat(references(rig, 0))
                .extracting(LearnedReference::getPreliminary)
                .containsExactly(true, false);
    }

    /** Half of the maps for dents look at stickers for two minutes; ten more follow without. */
    private static void change(Rig rig, boolean killed) {
        for (int window = 0; window < 76; window++) {
            if (killed) {
                rig.restart();
            }
            boolean changed = window >= 4 && window < 16;
            rig.run(
                    1,
                    Rig.USUALLY,
                    (event, dice) -> changed && event.classIndex() == DENT && dice.nextInt(2) == 0
                            ? with(event, rig.sticker())
                            : event);
        }
    }

    private static Observation inScene(Rig rig, Observation event, Grid[] scene, SplittableRandom dice) {
        if (dice.nextInt(50) == 0) {
            scene[0] = rig.map(DENT);
        }
        return with(event, scene[0]);
    }

    private static Observation with(Observation event, Grid map) {
        return new Observation(
                event.eventId(),
                event.time(),
                event.source(),
                event.input(),
                event.classIndex(),
                event.label(),
                map,
                event.score(),
                event.confidence(),
                event.evidenceDrop(),
                event.chanceDrop());
    }

    private static List<ReferenceEntry> entries(Rig rig, int classIndex) {
        return rig.references.stream()
                .filter(entry -> entry.getClassIndex() == classIndex)
                .toList();
    }

    /** How many maps for dents were learned from at the end of each window, by its start. */
    private static TreeMap<Long, Long> learned(Rig rig) {
        TreeMap<Long, Long> learned = new TreeMap<>();
        rig.profiles.stream()
                .filter(profile -> profile.getClassIndex() == DENT)
                .forEach(profile -> learned.put(
                        profile.getWindowStart().toEpochMilli(),
                        profile.getReference().getLearned()));
        return learned;
    }

    /** As often as they were written, which is once more for each group that is found. */
    private static List<LearnedReference> references(Rig rig, int classIndex) {
        return entries(rig, classIndex).stream()
                .map(entry -> (LearnedReference) entry.getBody())
                .toList();
    }

    private static FeatureLimits feature(LearnedReference reference, String name) {
        return reference.getFeatures().stream()
                .filter(feature -> feature.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double mean(LearnedReference reference, String name) {
        return feature(reference, name).getMean();
    }

    private static double width(LearnedReference reference, String name) {
        return feature(reference, name).getHigh() - feature(reference, name).getLow();
    }
}
