package io.hedgerow.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.Agreement;
import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.AlertState;
import io.hedgerow.AuditStatus;
import io.hedgerow.ExplainedModel;
import io.hedgerow.LearnedReference;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceOrigin;
import io.hedgerow.ReferenceRequest;
import io.hedgerow.ReferenceState;
import io.hedgerow.Verdict;
import io.hedgerow.VerdictKind;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelMonitorTest {
    private static final double[] WITHOUT_DENTS = {0.35, 0.35, 0, 0.3};
    private static final Grid BLIND = Grid.of(new byte[Grid.CELLS]);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldFindTheDemosChangeWithinAMinute(long seed) {
        Rig rig = new Rig(seed, 200, 300);
        rig.run(6, Rig.USUALLY);
        assertThat(rig.opened(AlertKind.DRIFT)).isEmpty();
        assertThat(rig.opened(AlertKind.CLASS_SHARE)).isEmpty();
        long onset = rig.now();

        rig.run(6, Rig.EVERYWHERE);

        Alert share = rig.opened(AlertKind.CLASS_SHARE).get(0);
        assertThat(share.getLabel()).isEqualTo("stain");
        assertThat(share.getMessage())
                .matches("stain is decided in 9\\d % of events instead of [12]\\d %, since "
                        + Instant.ofEpochMilli(onset) + ", in \\d+ events");
        assertThat(share.getSince().toEpochMilli()).isEqualTo(onset);
        assertThat(share.getExamples()).hasSize(5);
        Alert drift = rig.opened(AlertKind.DRIFT).get(0);
        assertThat(drift.getClassIndex()).isEqualTo(-1);
        assertThat(drift.getMessage())
                .contains("evidence")
                .contains("all decisions")
                .contains(" rose from ")
                .contains(" sixteenth");
        assertThat(drift.getMeanMap()).hasSize(Grid.CELLS);
        assertThat(drift.getExamples()).hasSize(5).allSatisfy(example -> assertThat(example.getInput())
                .isNotNull());
        assertThat(rig.opened(AlertKind.DRIFT)).as("never twice while open").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldSayNothingOfAQuietStream(long seed) {
        Rig rig = new Rig(seed, 200, 300);

        rig.run(40, Rig.USUALLY);

        assertThat(rig.alerts).extracting(Alert::getKind).containsOnly(AlertKind.SHORTCUT);
        assertThat(rig.references).isNotEmpty();
    }

    @Test
    void shouldReportTheStickerInsideTheReference() {
        Rig rig = new Rig(7, 200, 300);

        rig.run(12, Rig.USUALLY);

        assertThat(rig.opened(AlertKind.SHORTCUT)).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.getLabel()).isEqualTo("stain");
            assertThat(alert.getMessage()).contains("of the maps for stain look at one small place off the middle");
            assertThat(alert.getGroup().getSuspicious()).isTrue();
            assertThat(alert.getExamples()).hasSize(5);
        });
        assertThat(rig.opened(AlertKind.SHORTCUT).get(0).getOpenedAt())
                .isBefore(Instant.ofEpochMilli(rig.now() - 80_000));
    }

    @Test
    void shouldFindAChangeWithinOneClass() {
        Rig rig = new Rig(3, 300, 300);
        rig.run(10, Rig.USUALLY);

        rig.run(
                6,
                Rig.USUALLY,
                (event, dice) ->
                        event.classIndex() == 2 && dice.nextInt(2) == 0 ? withMap(event, rig.sticker()) : event);

        List<Alert> ofDent = rig.opened(AlertKind.DRIFT).stream()
                .filter(alert -> alert.getClassIndex() == 2)
                .toList();
        assertThat(ofDent).hasSize(1);
        assertThat(ofDent.get(0).getMessage()).contains("dent").contains("since");
        assertThat(ofDent.get(0).getValue()).isGreaterThan(ofDent.get(0).getExpected());
    }

    @Test
    void shouldFindThatScoresOfSomeEventsFallWhileTheirMapsStayAsTheyWere() {
        Rig rig = new Rig(3, 300, 300);
        rig.run(10, Rig.USUALLY);
        assertThat(rig.opened(AlertKind.DRIFT)).isEmpty();
        rig.restart();

        rig.run(8, Rig.USUALLY, (event, dice) -> dice.nextInt(4) == 0 ? withScore(event, -1) : event);

        assertThat(rig.opened(AlertKind.DRIFT)).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.getStatistic()).isEqualTo("low-score");
            assertThat(alert.getMessage()).startsWith("scores lower than 95 % of earlier ones rose from ");
            assertThat(alert.getExamples()).hasSize(5);
        });
        LearnedReference learned =
                (LearnedReference) rig.references.get(rig.references.size() - 1).getBody();
        assertThat(learned.getLowScore()).isBetween(0.2, 0.8);
        assertThat(learned.getHighScore()).isBetween(9.2, 9.8);
    }

    @Test
    void shouldFindTheSameHoweverOftenItIsStartedAnew() {
        Rig undisturbed = new Rig(11, 200, 300);
        Rig killed = new Rig(11, 200, 300);

        undisturbed.run(14, Rig.USUALLY);
        undisturbed.run(10, Rig.EVERYWHERE);
        for (int window = 0; window < 24; window++) {
            killed.restart();
            killed.run(1, window < 14 ? Rig.USUALLY : Rig.EVERYWHERE);
        }

        assertThat(killed.alerts).isEqualTo(undisturbed.alerts).isNotEmpty();
        assertThat(killed.profiles).isEqualTo(undisturbed.profiles);
        assertThat(killed.references).hasSizeGreaterThan(4).hasSameSizeAs(undisturbed.references);
        for (int at = 0; at < killed.references.size(); at++) {
            assertThat(killed.references.get(at))
                    .hasToString(undisturbed.references.get(at).toString());
        }
    }

    @Test
    void shouldUpdateOnceAMinuteAndCloseWhenAllIsAsItWas() {
        Rig rig = new Rig(5, 200, 300);
        rig.run(6, Rig.USUALLY);

        rig.run(40, Rig.EVERYWHERE);
        long back = rig.now();
        rig.run(40, Rig.USUALLY);

        List<Alert> share = of(rig, AlertKind.CLASS_SHARE);
        assertThat(share.get(0).getState()).isEqualTo(AlertState.OPENED);
        assertThat(share.get(share.size() - 1).getState()).isEqualTo(AlertState.CLOSED);
        assertThat(share.get(share.size() - 1).getClosedBecause()).isEqualTo("back");
        assertThat(share.get(share.size() - 1).getMessage()).startsWith("over, it is as it was");
        assertThat(share.get(share.size() - 1).getWindowEnd()).isAfter(Instant.ofEpochMilli(back));
        assertThat(share).extracting(Alert::getId).containsOnly(share.get(0).getId());
        for (int at = 1; at < share.size(); at++) {
            assertThat(share.get(at).getRevision()).isEqualTo(at + 1);
            if (share.get(at).getState() == AlertState.UPDATED) {
                assertThat(Duration.between(
                                share.get(at - 1).getWindowEnd(), share.get(at).getWindowEnd()))
                        .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
            }
        }
        assertThat(share).hasSizeBetween(5, 9);
    }

    @Test
    void shouldCloseWhatHasSeenNoEventsForADay() {
        Rig rig = new Rig(5, 200, 300);
        rig.run(6, Rig.USUALLY);
        rig.run(3, Rig.EVERYWHERE);

        rig.keep(rig.monitor().idle(rig.now() + Duration.ofHours(23).toMillis()));
        assertThat(of(rig, AlertKind.CLASS_SHARE)).noneMatch(alert -> alert.getState() == AlertState.CLOSED);
        rig.keep(rig.monitor().idle(rig.now() + Duration.ofHours(25).toMillis()));

        List<Alert> share = of(rig, AlertKind.CLASS_SHARE);
        assertThat(share.get(share.size() - 1).getClosedBecause()).isEqualTo("stale");
        int before = rig.alerts.size();
        rig.keep(rig.monitor().idle(rig.now() + Duration.ofHours(50).toMillis()));
        assertThat(rig.alerts).hasSize(before);
    }

    @Test
    void shouldSayThatAReferenceIsStaleAfterADayAndNoMoreOnceEventsCome() {
        Rig rig = new Rig(5, 200, 300);
        rig.run(6, Rig.USUALLY);
        int before = rig.profiles.size();

        rig.keep(rig.monitor().idle(rig.now() + Duration.ofHours(23).toMillis()));
        assertThat(rig.profiles).hasSize(before);
        rig.keep(rig.monitor().idle(rig.now() + Duration.ofHours(25).toMillis()));
        rig.keep(rig.monitor().idle(rig.now() + Duration.ofHours(26).toMillis()));

        assertThat(rig.profiles.subList(before, rig.profiles.size()))
                .as("said once")
                .singleElement()
                .satisfies(quiet -> {
                    assertThat(quiet.getReference().getState()).isEqualTo(ReferenceState.STALE);
                    assertThat(quiet.getClassIndex()).isEqualTo(-1);
                    assertThat(quiet.getMaps()).isZero();
                    assertThat(quiet.getProvisional()).isTrue();
                    assertThat(quiet.getWindowStart())
                            .isEqualTo(Instant.ofEpochMilli(rig.now()).plus(Duration.ofHours(24)));
                });
        rig.pass(Duration.ofDays(3));
        rig.restart();
        List<Observation> events = rig.events(Rig.USUALLY, (event, dice) -> event);
        assertThat(rig.monitor().provisional(rig.window(events)))
                .extracting(profile -> profile.getReference().getState())
                .contains(ReferenceState.READY)
                .doesNotContain(ReferenceState.STALE);
        rig.close(events, rig.explained(events));
        assertThat(rig.profiles.get(rig.profiles.size() - 1).getReference().getState())
                .isNotEqualTo(ReferenceState.STALE);
    }

    @Test
    void shouldSayThatAClassHasVanishedAndCloseWhatWasOpenOfItAfterADay() {
        Rig rig = new Rig(3, 300, 300);
        rig.run(10, Rig.USUALLY);
        rig.run(6, Rig.USUALLY, (event, dice) -> event.classIndex() == 2 ? withMap(event, rig.sticker()) : event);
        Alert ofDent = rig.opened(AlertKind.DRIFT).stream()
                .filter(alert -> alert.getClassIndex() == 2)
                .findFirst()
                .orElseThrow();

        rig.run(6, WITHOUT_DENTS);

        assertThat(rig.opened(AlertKind.CLASS_SHARE)).anySatisfy(alert -> {
            assertThat(alert.getLabel()).isEqualTo("dent");
            assertThat(alert.getMessage()).startsWith("dent is decided in 0 % of events instead of 2");
        });
        assertThat(closed(rig, ofDent)).isEmpty();
        rig.pass(Duration.ofDays(1));
        rig.run(1, WITHOUT_DENTS);
        assertThat(closed(rig, ofDent)).containsExactly("stale");
    }

    @Test
    void shouldBearAModelWhoseMapsAreAllZeros() {
        Rig rig = new Rig(3, 100, 100);

        rig.run(6, Rig.USUALLY, (event, dice) -> withMap(event, BLIND));

        assertThat(rig.alerts).isEmpty();
        assertThat(rig.profiles).allSatisfy(profile -> {
            assertThat(profile.getMaps()).isZero();
            assertThat(profile.getBlind()).isPositive();
            assertThat(profile.getReference().getState()).isEqualTo(ReferenceState.NONE);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = AlertKind.class,
            names = {"DISAGREEMENT", "COVERAGE", "FAILURES", "BLIND", "UNFAITHFUL"})
    void shouldWatchWhatBecomesOfEvents(AlertKind kind) {
        Rig rig = new Rig(9, 200, 300);
        Rig.Change sampled = (event, dice) -> dice.nextInt(4) == 0 ? withDrops(event, 2, dice.nextInt(3) - 1) : event;
        rig.run(8, Rig.USUALLY, sampled);
        assertThat(rig.opened(kind)).isEmpty();

        for (int window = 0; window < 12; window++) {
            List<Observation> events = rig.events(Rig.USUALLY, (event, dice) -> switch (kind) {
                case BLIND -> dice.nextInt(4) == 0 ? withMap(event, BLIND) : event;
                case UNFAITHFUL -> withDrops(event, dice.nextInt(100), dice.nextInt(100));
                default -> sampled.of(event, dice);
            });
            Map<Integer, Outcomes> outcomes = rig.explained(events);
            Outcomes more = outcomes.computeIfAbsent(-1, index -> new Outcomes());
            for (int event = 0; event < 50; event++) {
                switch (kind) {
                    case DISAGREEMENT -> more.add(AuditStatus.EXPLAINED, Agreement.CLASS_DIFFERS, 10);
                    case COVERAGE -> more.add(AuditStatus.SHED, Agreement.UNKNOWN, -1);
                    case FAILURES -> more.add(AuditStatus.FAILED, Agreement.UNKNOWN, -1);
                    default -> {}
                }
            }
            rig.close(events, outcomes);
        }

        assertThat(rig.opened(kind)).hasSize(1);
        assertThat(rig.opened(kind).get(0).getMessage()).contains(" in ").contains("since");
        if (kind == AlertKind.BLIND || kind == AlertKind.UNFAITHFUL) {
            assertThat(rig.opened(kind).get(0).getExamples()).hasSize(5);
        }
    }

    @Test
    void shouldGoOnLearningHowOftenEvidenceMattersUntilThatCanBeTold() {
        Rig rig = new Rig(9, 200, 300);
        Rig.Change faithful = (event, dice) ->
                dice.nextInt(10) > 0 ? event : dice.nextInt(10) > 0 ? withDrops(event, 2, 1) : withDrops(event, 1, 2);
        rig.run(1, Rig.USUALLY, faithful);
        assertThat(leastFaithful(rig)).as("of some twenty sampled events").isEqualTo(0.55);
        rig.restart();

        rig.run(11, Rig.USUALLY, faithful);

        assertThat(leastFaithful(rig)).as("of two hundred").isBetween(0.58, 0.75);
        rig.run(20, Rig.USUALLY, faithful);
        assertThat(rig.opened(AlertKind.UNFAITHFUL)).isEmpty();
        assertThat(rig.references.stream().filter(entry -> entry.getClassIndex() == -1))
                .as("the reference, and once more with that limit")
                .hasSize(2);

        rig.run(
                45,
                Rig.USUALLY,
                (event, dice) -> dice.nextInt(10) > 0 ? event : withDrops(event, dice.nextInt(100), dice.nextInt(100)));
        assertThat(rig.opened(AlertKind.UNFAITHFUL))
                .as("in some 900 sampled events")
                .hasSize(1);
    }

    @Test
    void shouldNotKnowCoverageWithoutAnAuditTrail() {
        Rig rig = new Rig(9, Rig.unaudited(200, 300));
        rig.run(8, Rig.USUALLY);

        for (int window = 0; window < 12; window++) {
            List<Observation> events = rig.events(Rig.USUALLY, (event, dice) -> event);
            Map<Integer, Outcomes> outcomes = rig.explained(events);
            Outcomes more = outcomes.computeIfAbsent(-1, index -> new Outcomes());
            for (int event = 0; event < 50; event++) {
                more.add(AuditStatus.FAILED, Agreement.UNKNOWN, -1);
            }
            rig.close(events, outcomes);
        }

        assertThat(rig.opened(AlertKind.COVERAGE)).isEmpty();
        assertThat(rig.opened(AlertKind.FAILURES)).hasSize(1);
    }

    @Test
    void shouldNeverAskAgainAboutWhatIsLegitimate() {
        Rig rig = new Rig(7, 200, 300);
        rig.run(12, Rig.USUALLY);
        List<Alert> asked = rig.opened(AlertKind.SHORTCUT);

        asked.forEach(alert -> rig.keep(rig.monitor().take(answer(rig, alert, VerdictKind.LEGITIMATE))));

        assertThat(of(rig, AlertKind.SHORTCUT).stream()
                        .filter(alert -> alert.getClosedBecause().equals("verdict")))
                .hasSameSizeAs(asked);
        rig.restart();
        rig.run(60, Rig.USUALLY);
        assertThat(rig.opened(AlertKind.SHORTCUT)).isEqualTo(asked);
    }

    @Test
    void shouldWatchTheShareOfAShortcut() {
        Rig rig = new Rig(7, 200, 300);
        rig.run(12, Rig.USUALLY);
        Alert asked = rig.opened(AlertKind.SHORTCUT).get(0);
        Grid corner = rig.events(new double[] {0, 0, 0, 1}, (event, dice) -> event).stream()
                .filter(event -> event.eventId().equals(event.eventId()))
                .map(Observation::map)
                .filter(map -> inside(map, asked) > 0.8)
                .findFirst()
                .orElseThrow();
        rig.keep(rig.monitor().take(answer(rig, asked, VerdictKind.SHORTCUT)));
        rig.run(6, Rig.USUALLY);
        assertThat(shares(rig)).isEmpty();

        rig.run(10, Rig.USUALLY, (event, dice) -> event.classIndex() == 3 ? withMap(event, corner) : event);

        assertThat(shares(rig)).hasSize(1);
        assertThat(shares(rig).get(0).getMessage()).startsWith("a known shortcut makes out ");
    }

    @Test
    void shouldObeyARequestForAnotherReferenceOnce() {
        Rig rig = new Rig(5, 200, 300);
        rig.run(6, Rig.USUALLY);
        rig.run(3, Rig.EVERYWHERE);
        ReferenceEntry request = entry(rig, -1, new ReferenceRequest("request-1", "anna"));

        rig.keep(rig.monitor().take(request));
        rig.run(3, Rig.EVERYWHERE);
        int references = rig.references.size();
        rig.keep(rig.monitor().take(request));
        rig.run(10, Rig.EVERYWHERE);

        List<Alert> share = of(rig, AlertKind.CLASS_SHARE);
        assertThat(share.get(share.size() - 1).getClosedBecause()).isEqualTo("reference");
        assertThat(rig.opened(AlertKind.CLASS_SHARE)).hasSize(1);
        assertThat(rig.references.subList(references, rig.references.size()))
                .noneMatch(each -> each.getClassIndex() == -1);
    }

    @Test
    void shouldTakeAReferenceMadeElsewhere() {
        Rig other = new Rig(21, 200, 300);
        ReferenceLearner learner = new ReferenceLearner(Rig.MODEL, Rig.METHOD, other.settings, ReferenceOrigin.SPAN);
        for (int window = 0; window < 8; window++) {
            learner.add(other.window(other.events(Rig.USUALLY, (event, dice) -> event)));
            other.pass(Duration.ofSeconds(10));
        }
        List<ReferenceEntry> entries = learner.entries();
        assertThat(entries).extracting(ReferenceEntry::getClassIndex).containsExactly(-1, 0, 1, 2, 3);
        assertThat(((LearnedReference) entries.get(0).getBody()).getCovers())
                .contains("1600 explanations within")
                .contains("other hours and days are not known");
        assertThat(((LearnedReference) entries.get(4).getBody()).getGroups()).isNotEmpty();

        Rig rig = new Rig(22, 200, 300);
        entries.forEach(entry -> rig.keep(rig.monitor().take(entry)));
        rig.run(6, Rig.USUALLY);
        assertThat(rig.profiles.get(0).getReference().getState()).isEqualTo(ReferenceState.READY);
        assertThat(rig.opened(AlertKind.DRIFT)).isEmpty();
        rig.run(6, Rig.EVERYWHERE);

        assertThat(rig.opened(AlertKind.CLASS_SHARE)).hasSize(1);
        assertThat(rig.opened(AlertKind.DRIFT)).isNotEmpty();
    }

    @Test
    void shouldBearThatEverythingAlwaysDisagrees() {
        Rig rig = new Rig(5, 200, 300);
        for (int window = 0; window < 6; window++) {
            Outcomes outcomes = new Outcomes();
            for (int event = 0; event < 200; event++) {
                outcomes.add(AuditStatus.EXPLAINED, Agreement.CLASS_DIFFERS, 10);
            }
            rig.close(rig.events(Rig.USUALLY, (event, dice) -> event), Map.of(-1, outcomes));
        }

        assertThat(rig.opened(AlertKind.DISAGREEMENT)).isEmpty();
        LearnedReference reference = (LearnedReference) rig.references.get(0).getBody();
        assertThat(reference.getRates().get(0).getMean()).isOne();
        assertThat(reference.getRates().get(0).getHigh()).isOne();
    }

    @Test
    void shouldRefuseAReferenceOfAnotherModel() {
        Rig rig = new Rig(1, 200, 300);
        ReferenceEntry entry = entry(rig, -1, new ReferenceRequest("request-1", ""));
        entry.setModel(new ExplainedModel("surface", "2", "b".repeat(64)));

        assertThatThrownBy(() -> rig.monitor().take(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of model surface 2")
                .hasMessageContaining("not of surface 1");
    }

    @Test
    void shouldRefuseAWindowThatComesTooLate() {
        Rig rig = new Rig(1, 200, 300);
        rig.run(2, Rig.USUALLY);

        assertThatThrownBy(() -> rig.monitor().close(new Window(rig.now() - 10_000, List.of(), Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("late events");
    }

    @Test
    void shouldCountLateEventsInTheProfileAlone() {
        Rig rig = new Rig(1, 200, 300);
        List<Observation> events = rig.events(Rig.USUALLY, (event, dice) -> event);
        Window window = rig.window(events);
        Window early = new Window(window.start(), events.subList(0, 150), rig.explained(events.subList(0, 150)));
        Window late = new Window(window.start(), events.subList(150, 200), rig.explained(events.subList(150, 200)));
        List<Profile> whole = new Rig(1, 200, 300).monitor().close(window).profiles();

        List<Profile> published = rig.monitor().close(early).profiles();
        List<Profile> corrected = rig.monitor().late(published, late);

        for (int at = 0; at < whole.size(); at++) {
            Profile expected = whole.get(at);
            Profile actual = corrected.get(at);
            assertThat(actual.getLate()).isPositive();
            assertThat(actual.getMapSum()).isEqualTo(expected.getMapSum());
            assertThat(actual.getScores()).isEqualTo(expected.getScores());
            assertThat(actual.getOutcomes()).isEqualTo(expected.getOutcomes());
            assertThat(actual.getExamples()).isEqualTo(expected.getExamples());
        }
        assertThat(rig.monitor().provisional(late)).allMatch(Profile::getProvisional);
    }

    @Test
    void shouldBearClassesOfOneEventAndMapsOfZeros() {
        MonitorSettings few = new MonitorSettings(
                Duration.ofSeconds(10),
                Duration.ofDays(30),
                1,
                0.02,
                0.05,
                200,
                300,
                0,
                50,
                Double.NaN,
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                true);
        Rig rig = new Rig(1, few);

        for (int window = 0; window < 4; window++) {
            List<Observation> events = new ArrayList<>();
            for (int classIndex = 0; classIndex < 80; classIndex++) {
                events.add(rig.event(classIndex, classIndex, classIndex % 3 == 0 ? BLIND : rig.sticker()));
            }
            rig.close(events, new HashMap<>());
        }
        rig.close(List.of(), Map.of());

        assertThat(rig.profiles.stream().map(Profile::getClassIndex).distinct()).hasSize(52);
        Profile others = rig.profiles.stream()
                .filter(profile -> profile.getClassIndex() == -2)
                .findFirst()
                .orElseThrow();
        assertThat(others.getMaps() + others.getBlind()).isEqualTo(30);
        assertThat(rig.profiles).allSatisfy(profile -> assertThat(
                        profile.getLogEvidence() == null || !Double.isNaN(profile.getLogEvidence()))
                .isTrue());
    }

    private static double inside(Grid map, Alert alert) {
        double[] shares = new double[Grid.CELLS];
        map.addTo(shares);
        double inside = 0;
        var box = alert.getGroup();
        for (int row = box.getRow(); row < box.getRow() + box.getRows(); row++) {
            for (int column = box.getColumn(); column < box.getColumn() + box.getColumns(); column++) {
                inside += shares[row * 16 + column];
            }
        }
        return inside;
    }

    private static double leastFaithful(Rig rig) {
        LearnedReference last = rig.references.stream()
                .filter(entry -> entry.getClassIndex() == -1)
                .map(entry -> (LearnedReference) entry.getBody())
                .reduce((one, other) -> other)
                .orElseThrow();
        return last.getRates().get(4).getLow();
    }

    private static List<String> closed(Rig rig, Alert alert) {
        return rig.alerts.stream()
                .filter(one -> one.getId().equals(alert.getId()) && one.getState() == AlertState.CLOSED)
                .map(Alert::getClosedBecause)
                .toList();
    }

    private static List<Alert> shares(Rig rig) {
        return rig.opened(AlertKind.SHORTCUT).stream()
                .filter(alert -> alert.getLogEvidence() != null)
                .toList();
    }

    private static List<Alert> of(Rig rig, AlertKind kind) {
        return rig.alerts.stream().filter(alert -> alert.getKind() == kind).toList();
    }

    private static ReferenceEntry answer(Rig rig, Alert alert, VerdictKind kind) {
        return entry(rig, alert.getClassIndex(), new Verdict(alert.getId(), "", kind, "anna", "seen"));
    }

    private static ReferenceEntry entry(Rig rig, int classIndex, Object body) {
        return new ReferenceEntry(Rig.MODEL, Rig.METHOD, classIndex, "", Instant.ofEpochMilli(rig.now()), body);
    }

    private static Observation withMap(Observation event, Grid map) {
        return with(event, map, event.score(), event.evidenceDrop(), event.chanceDrop());
    }

    private static Observation withScore(Observation event, float score) {
        return with(event, event.map(), score, event.evidenceDrop(), event.chanceDrop());
    }

    private static Observation withDrops(Observation event, float evidence, float chance) {
        return with(event, event.map(), event.score(), evidence, chance);
    }

    private static Observation with(Observation event, @Nullable Grid map, float score, float evidence, float chance) {
        return new Observation(
                event.eventId(),
                event.time(),
                event.source(),
                event.input(),
                event.classIndex(),
                event.label(),
                map,
                score,
                event.confidence(),
                evidence,
                chance);
    }
}
