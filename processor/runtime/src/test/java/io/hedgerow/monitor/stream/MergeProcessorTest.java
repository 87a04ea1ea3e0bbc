package io.hedgerow.monitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.AlertState;
import io.hedgerow.AuditStatus;
import io.hedgerow.ExplainedModel;
import io.hedgerow.LearnedReference;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceRequest;
import io.hedgerow.ReferenceState;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeProcessorTest {
    private static final int WINDOWS = 9;
    private static final int CHANGED = 5;
    private static final int A_WINDOW = MergeRig.A_WINDOW;

    private final MergeRig rig = new MergeRig();

    @Test
    void shouldSayWhatChanged() {
        rig.give(MergeRig.stream(WINDOWS, CHANGED));

        Alert share = rig.alerts().stream()
                .filter(alert -> alert.getKind() == AlertKind.CLASS_SHARE)
                .findFirst()
                .orElseThrow();
        assertThat(share.getState()).isEqualTo(AlertState.OPENED);
        assertThat(share.getLabel()).isEqualTo("stain");
        assertThat(share.getWindowEnd()).isEqualTo(start(CHANGED + 1));
        assertThat(share.getExamples()).isNotEmpty();
        assertThat(rig.references()).isNotEmpty();
        assertThat(rig.meters
                        .get("hedgerow.alerts.open")
                        .tag("kind", "class_share")
                        .tag("model", "surface")
                        .tag("severity", "warning")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(rig.whole()).extracting(Profile::getWindowStart).containsExactlyElementsOf(starts(WINDOWS - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16})
    void shouldFindTheSameHoweverEventsAreSpreadAndOrderedWithinGrace(int partitions) {
        rig.give(MergeRig.stream(WINDOWS, CHANGED));
        MergeRig other = new MergeRig();
        Random random = new Random(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            other.greet(partition);
        }
        List<Partial> spread = new ArrayList<>(MergeRig.stream(WINDOWS, CHANGED));
        spread.replaceAll(partial -> MergeRig.from(random.nextInt(partitions), partial));
        // half a window is what grace allows for
        for (int from = 0; from < spread.size(); from += A_WINDOW / 2) {
            Collections.shuffle(spread.subList(from, from + A_WINDOW / 2), random);
        }

        other.give(spread);
        // each partition has come as far as the one of before
        Partial last = MergeRig.became(WINDOWS * A_WINDOW - 1, AuditStatus.FAILED, -1);
        for (int partition = 0; partition < partitions; partition++) {
            other.give(MergeRig.from(partition, new Partial(last.source(), last.time(), MergeRig.NOBODY)));
        }

        assertThat(other.sent()).hasSameSizeAs(rig.sent());
        assertThat(other.sent()).isEqualTo(rig.sent());
        assertThat(other.meters.get("hedgerow.monitor.late").counter().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 77, 250})
    void shouldGoOnFromItsStoreWhereverItWasEnded(int every) {
        List<Partial> stream = MergeRig.stream(WINDOWS, CHANGED);
        rig.give(stream);
        MergeRig other = new MergeRig();

        for (int i = 0; i < stream.size(); i++) {
            other.give(stream.get(i));
            if (every > 1 ? i % every == 0 : i % A_WINDOW > A_WINDOW - 4) {
                other.restart();
            }
        }

        assertThat(other.sent()).isEqualTo(rig.sent());
        assertThat(other.meters.get("hedgerow.alerts.open").gauges()).isNotEmpty();
    }

    @Test
    void shouldCloseWindowsOfWhatItHadJustKeptWhenItWasEnded() {
        List<Partial> stream = MergeRig.stream(WINDOWS, CHANGED);
        rig.give(stream);
        MergeRig other = new MergeRig();

        other.give(stream.subList(0, 10));
        other.restartTwice(stream.subList(10, stream.size()));

        assertThat(other.sent()).isEqualTo(rig.sent());
    }

    @Test
    void shouldCountWhatComesLateInProfilesAndLeaveDetectorsAlone() {
        List<Partial> stream = MergeRig.stream(WINDOWS, WINDOWS);
        rig.give(stream);
        int before = rig.sent().size();
        List<Partial> late = MergeRig.stream(1, 0).subList(0, 90);

        rig.give(late);
        rig.pass(Duration.ofSeconds(1));
        rig.give(late.subList(0, 1));
        rig.pass(Duration.ofSeconds(1));

        List<MergeRig.Sent> after = rig.sent().subList(before, rig.sent().size());
        assertThat(after).extracting(MergeRig.Sent::topic).containsOnly("explanations-profiles");
        List<Profile> whole = rig.whole().subList(WINDOWS - 1, WINDOWS + 1);
        assertThat(whole).extracting(Profile::getWindowStart).containsOnly(start(0));
        assertThat(whole).extracting(Profile::getLate).containsExactly(90L, 91L);
        assertThat(whole.get(1).getMaps() + whole.get(1).getBlind()).isEqualTo(A_WINDOW + 91);
        assertThat(after.get(0).key())
                .as("it replaces the one that was published")
                .isEqualTo(rig.sent().stream()
                        .filter(one -> one.value() instanceof Profile profile && profile.getClassIndex() == -1)
                        .findFirst()
                        .orElseThrow()
                        .key());
        assertThat(rig.meters.get("hedgerow.monitor.late").counter().count()).isEqualTo(91);
    }

    @Test
    void shouldWriteWhatComesADayLateApartFromProfilesThatItCantLookUp() {
        List<Partial> stream = MergeRig.stream(200, 200);
        rig.give(stream);
        int before = rig.sent().size();

        rig.give(stream.subList(0, 2));
        rig.pass(Duration.ofSeconds(1));
        rig.restart();
        rig.give(stream.subList(2, 3));
        rig.pass(Duration.ofSeconds(1));

        List<MergeRig.Sent> apart = rig.sent().subList(before, rig.sent().size());
        assertThat(apart).hasSizeGreaterThanOrEqualTo(4);
        assertThat(apart).extracting(MergeRig.Sent::key).allMatch(key -> key.contains("|late|"));
        assertThat(apart).extracting(MergeRig.Sent::key).doesNotHaveDuplicates();
        assertThat(apart.stream()
                        .map(one -> (Profile) one.value())
                        .filter(one -> one.getClassIndex() == -1)
                        .mapToLong(Profile::getLate)
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void shouldShowTheWindowOfAQuietStreamWithoutClosingIt() {
        List<Partial> stream = MergeRig.stream(3, 3);
        rig.give(stream.subList(0, 250));
        rig.pass(Duration.ofMinutes(10));

        List<Profile> shown =
                rig.whole().stream().filter(Profile::getProvisional).toList();
        assertThat(rig.whole()).filteredOn(one -> !one.getProvisional()).hasSize(1);
        assertThat(shown).extracting(Profile::getWindowStart).containsExactly(start(1), start(2));
        assertThat(shown.get(1).getMaps() + shown.get(1).getBlind()).isEqualTo(50);
        assertThat(shown.get(1).getLogEvidence()).isNull();

        rig.give(stream.subList(250, 300));
        rig.give(MergeRig.stream(5, 5).subList(400, 500));

        assertThat(rig.whole())
                .filteredOn(one -> !one.getProvisional())
                .extracting(one -> one.getMaps() + one.getBlind())
                .containsExactly((long) A_WINDOW, (long) A_WINDOW, (long) A_WINDOW);
        assertThat(rig.meters.get("hedgerow.monitor.late").counter().count()).isZero();
    }

    @Test
    void shouldWaitForAPartitionThatIsBehindButNotForOneThatSleeps() {
        rig.greet(0);
        rig.greet(1);
        List<Partial> stream = MergeRig.stream(8, 8);
        rig.give(stream.subList(0, 600));
        assertThat(rig.whole()).as("partition 1 may have events of any time").isEmpty();

        rig.give(MergeRig.from(1, stream.get(210)));
        assertThat(rig.whole()).hasSize(1);

        rig.pass(Duration.ofSeconds(20));
        rig.give(stream.subList(600, 650));
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.whole().stream().filter(one -> !one.getProvisional())).hasSize(5);
        assertThat(rig.meters.get("hedgerow.monitor.late").counter().count()).isZero();
    }

    @Test
    void shouldNotBeHurriedByAClockThatIsAhead() {
        List<Partial> stream = MergeRig.stream(4, 4);
        long ahead = MergeRig.START.plus(Duration.ofDays(30)).toEpochMilli();
        MergeRig other = new MergeRig();
        other.greet(1);
        other.give(stream.subList(0, 150));
        other.give(new Partial("explanations-1", ahead, stream.get(150).body()));
        other.give(stream.subList(150, 400));
        other.pass(Duration.ofMinutes(1));

        assertThat(other.whole().stream().filter(one -> !one.getProvisional())).hasSize(3);
        assertThat(other.meters.get("hedgerow.monitor.late").counter().count()).isZero();
    }

    @Test
    void shouldWaitForNoPartitionThatSleepsWhereTheComputersClockIsSetBack() {
        rig.greet(0);
        rig.greet(1);
        List<Partial> stream = MergeRig.stream(8, 8);
        rig.give(stream.subList(0, 300));
        rig.pass(Duration.ofSeconds(20));
        rig.jump(Duration.ofHours(-2));

        rig.give(stream.subList(300, 310));
        rig.pass(Duration.ofSeconds(20));
        rig.give(stream.subList(310, 650));
        rig.pass(Duration.ofSeconds(14));
        rig.give(stream.subList(650, 700));

        assertThat(rig.whole().stream().filter(one -> !one.getProvisional())).hasSize(6);
        assertThat(rig.meters.get("hedgerow.monitor.late").counter().count()).isZero();
    }

    @Test
    void shouldMeasureTheAgeOfTheReferenceThatItComparesWith() {
        List<Partial> stream = MergeRig.stream(8, 8);
        rig.give(stream.subList(0, 150));
        rig.pass(Duration.ofSeconds(1));
        assertThat(referenceAge()).as("none is learned yet").isEmpty();

        rig.give(stream.subList(150, 500));
        rig.pass(Duration.ofSeconds(1));
        assertThat(referenceAge()).hasSize(1);
        rig.restart();
        rig.pass(Duration.ofSeconds(1));
        assertThat(referenceAge()).as("it is the same").hasSize(1);

        ask(rig);
        rig.pass(Duration.ofSeconds(1));
        assertThat(referenceAge()).as("it is learned anew").isEmpty();
    }

    @Test
    void shouldLoseNothingWhereEventsClocksAreSetBack() {
        List<Partial> stream = MergeRig.stream(8, 8);
        rig.give(stream.subList(0, 500));

        rig.give(stream.subList(100, 150));
        rig.give(stream.subList(500, 800));
        rig.pass(Duration.ofSeconds(1));

        Map<Instant, Profile> last = new TreeMap<>();
        rig.whole().stream().filter(one -> !one.getProvisional()).forEach(one -> last.put(one.getWindowStart(), one));
        assertThat(last.values().stream().mapToLong(one -> one.getMaps() + one.getBlind()))
                .containsExactly(100L, 150L, 100L, 100L, 100L, 100L, 100L);
        assertThat(rig.alerts()).noneMatch(alert -> alert.getKind() != AlertKind.SHORTCUT);
    }

    @Test
    void shouldGoOnAsBeforeWhenGivenAReferenceOfAnotherVersionOfTheModel() {
        List<Partial> stream = MergeRig.stream(WINDOWS, CHANGED);
        rig.give(stream);
        MergeRig other = new MergeRig();
        LearnedReference learned = (LearnedReference) rig.references().get(0).getBody();
        String id = learned.getId();
        learned.setId("another");
        ReferenceEntry entry = ReferenceEntry.newBuilder()
                .setModel(new ExplainedModel("surface", "2", "cd".repeat(32)))
                .setMethod(MergeRig.MODEL.method())
                .setClassIndex(-1)
                .setTime(start(0))
                .setBody(learned)
                .build();
        byte[] value = other.serdes.references().serializer().serialize("explanations-references", entry);
        learned.setId(id);

        other.give(stream.subList(0, 350));
        other.give(new Partial("explanations-references-0", Long.MIN_VALUE, new Partial.Said(value)));
        other.give(stream.subList(350, stream.size()));

        assertThat(other.sent()).isEqualTo(rig.sent());
        assertThat(other.whole()).allMatch(one -> one.getModel().getVersion().equals("1"));
    }

    @Test
    void shouldCountWhatBecameOfEvents() {
        rig.give(MergeRig.stream(1, 1));
        for (int i = 0; i < 20; i++) {
            rig.give(MergeRig.became(i, i < 15 ? AuditStatus.EXPLAINED : AuditStatus.FAILED, i % 2 == 0 ? 3 : -1));
        }
        rig.give(MergeRig.became(20, AuditStatus.EXPIRED, -1));
        rig.give(new Partial("explanations-audit-0", MergeRig.START.toEpochMilli(), MergeRig.NOBODY));
        rig.give(MergeRig.became(3 * A_WINDOW, AuditStatus.EXPLAINED, -1));
        rig.give(MergeRig.stream(4, 4).subList(300, 400));

        Profile whole = rig.whole().get(0);
        assertThat(whole.getOutcomes().getExplained()).isEqualTo(15);
        assertThat(whole.getOutcomes().getFailed()).isEqualTo(5);
        assertThat(whole.getOutcomes().getExpired()).isEqualTo(1);
        assertThat(whole.getOutcomes().getAgrees()).isEqualTo(21);
        assertThat(whole.getLatencies().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(21);
    }

    @Test
    void shouldLearnAnewWhereMapsAreMadeOtherwiseOrSomebodyAsks() {
        List<Partial> stream = MergeRig.stream(8, 8);
        rig.give(stream.subList(0, 500));
        assertThat(last(rig).getReference().getState()).isEqualTo(ReferenceState.READY);

        ask(rig);
        rig.give(new Partial("explanations-references-0", Long.MIN_VALUE, new Partial.Said(new byte[] {1, 2, 3})));
        rig.give(stream.subList(500, 600));
        assertThat(last(rig).getReference().getState()).isEqualTo(ReferenceState.LEARNING);
        assertThat(rig.meters.get("hedgerow.monitor.unreadable").counter().count())
                .isEqualTo(1);

        for (Partial partial : stream.subList(600, 800)) {
            Partial.Seen seen = (Partial.Seen) partial.body();
            rig.give(new Partial(
                    partial.source(),
                    partial.time(),
                    new Partial.Seen(
                            MergeRig.model("2"), seen.observation(), seen.frame(), seen.counts(), seen.agreement())));
        }
        assertThat(last(rig).getMethod().getVersion()).isEqualTo("2");
        assertThat(last(rig).getReference().getState()).isEqualTo(ReferenceState.LEARNING);
    }

    @Test
    void shouldBeginAnewOnWhatAnotherVersionKept() {
        List<Partial> stream = MergeRig.stream(8, 8);
        rig.give(stream.subList(0, 500));
        assertThat(last(rig).getReference().getState()).isEqualTo(ReferenceState.READY);

        rig.upgrade();
        rig.give(stream.subList(500, 700));
        assertThat(last(rig).getReference().getState()).isEqualTo(ReferenceState.LEARNING);

        rig.restart();
        rig.give(stream.subList(700, 800));
        assertThat(last(rig).getReference().getState()).isEqualTo(ReferenceState.READY);
    }

    private List<Gauge> referenceAge() {
        return List.copyOf(
                rig.meters.find("hedgerow.monitor.reference.age.seconds").gauges());
    }

    private static Profile last(MergeRig rig) {
        return rig.whole().get(rig.whole().size() - 1);
    }

    private static Instant start(int window) {
        return MergeRig.START.plusSeconds(10L * window);
    }

    private static List<Instant> starts(int windows) {
        return java.util.stream.IntStream.range(0, windows)
                .mapToObj(MergeProcessorTest::start)
                .toList();
    }

    /** That the reference be learned anew. */
    private static void ask(MergeRig rig) {
        ReferenceEntry request = ReferenceEntry.newBuilder()
                .setModel(MergeRig.MODEL.model())
                .setMethod(MergeRig.MODEL.method())
                .setClassIndex(-1)
                .setTime(start(4))
                .setBody(new ReferenceRequest("r1", "somebody"))
                .build();
        byte[] value = rig.serdes.references().serializer().serialize("explanations-references", request);
        rig.give(new Partial("explanations-references-0", Long.MIN_VALUE, new Partial.Said(value)));
    }
}
