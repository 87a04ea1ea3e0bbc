package io.hedgerow.monitor.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Agreement;
import io.hedgerow.AuditStatus;
import io.hedgerow.Example;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.Profile;
import io.hedgerow.RecordInput;
import io.hedgerow.ReferenceProgress;
import io.hedgerow.ReferenceState;
import io.hedgerow.monitor.RecordedMaps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {
    private static final List<Grid> MAPS = new RecordedMaps().maps();

    private final MapFeatures measure = new MapFeatures();
    private final double[] features = new double[Features.COUNT];

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16})
    void shouldBeTheSameOfAnyPartsInAnyOrder(int partitions) {
        List<Observation> events = events(400);
        Profile whole = profile(summary(events));

        Random random = new Random(partitions);
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(events, random);
            List<Summary> parts = new ArrayList<>();
            for (int part = 0; part < partitions; part++) {
                List<Observation> some = new ArrayList<>();
                for (int at = part; at < events.size(); at += partitions) {
                    some.add(events.get(at));
                }
                parts.add(summary(some));
            }
            Collections.shuffle(parts, random);
            Summary merged = new Summary();
            parts.forEach(merged::add);

            assertThat(profile(merged)).isEqualTo(whole);
        }
        assertThat(whole.getMaps() + whole.getBlind()).isEqualTo(400);
        assertThat(whole.getBlind()).isEqualTo(20);
        assertThat(whole.getExamples()).hasSize(Examples.COUNT);
    }

    @Test
    void shouldBeReadBackFromAProfile() {
        Summary summary = summary(events(50));

        assertThat(profile(Summary.of(profile(summary)))).isEqualTo(profile(summary));
    }

    @Test
    void shouldSumUpSharesToOneAMap() {
        Profile profile = profile(summary(events(100)));

        long sum = profile.getMapSum().stream().mapToLong(Long::longValue).sum();
        assertThat(FixedPoint.shares(sum)).isBetween(profile.getMaps() - 1e-4, profile.getMaps() + 1e-4);
    }

    @Test
    void shouldKeepTheSameExamples() {
        Examples forth = new Examples();
        Examples back = new Examples();
        List<Observation> events = events(100);
        events.forEach(forth::add);
        Collections.reverse(events);
        events.forEach(back::add);
        events.forEach(back::add);

        assertThat(back.list()).isEqualTo(forth.list());
        assertThat(back.list()).extracting(Example::getEventId).doesNotHaveDuplicates();
    }

    @Test
    void shouldCountOutcomesInAnyOrder() {
        Outcomes whole = new Outcomes();
        Outcomes one = new Outcomes();
        Outcomes other = new Outcomes();
        for (int event = 0; event < 60; event++) {
            AuditStatus status = AuditStatus.values()[event % 6];
            Agreement agreement = Agreement.values()[event % 5];
            whole.add(status, agreement, event * 37L - 100);
            (event % 7 < 3 ? one : other).add(status, agreement, event * 37L - 100);
        }
        other.add(Outcomes.of(one.bytes()));

        assertThat(other.counts()).isEqualTo(whole.counts());
        assertThat(other.latencies()).isEqualTo(whole.latencies());
        assertThat(whole.count(AuditStatus.FAILED)).isEqualTo(10);
        assertThat(Outcomes.of(whole.counts(), whole.latencies()).counts()).isEqualTo(whole.counts());
    }

    private List<Observation> events(int count) {
        List<Observation> events = new ArrayList<>();
        for (int event = 0; event < count; event++) {
            Grid map = event % 20 == 7 ? Grid.of(new byte[Grid.CELLS]) : MAPS.get(event);
            events.add(new Observation(
                    "event-" + event,
                    event,
                    "camera-" + event % 3,
                    new RecordInput("prediction-events", event % 4, event / 4L),
                    event % 2,
                    "",
                    map,
                    event / 10f - 5,
                    event % 3 == 0 ? Float.NaN : event % 100 / 100f,
                    event % 50 == 0 ? event : Float.NaN,
                    event % 50 == 0 ? 1 : Float.NaN));
        }
        return events;
    }

    private Summary summary(List<Observation> events) {
        Summary summary = new Summary();
        for (Observation event : events) {
            if (!event.map().blind()) {
                measure.measure(event.map(), event.confidence(), null, features);
            }
            summary.add(event, features);
        }
        return summary;
    }

    private static Profile profile(Summary summary) {
        Profile.Builder profile = Profile.newBuilder()
                .setModel(new ExplainedModel("surface", "1", "ab"))
                .setMethod(new Method("gradient-hedging", "1", 2f, "logits", Precision.FLOAT32, Map.of()))
                .setClassIndex(0)
                .setWindowStart(Instant.EPOCH)
                .setWindowEnd(Instant.EPOCH.plusSeconds(10))
                .setOutcomes(new Outcomes().counts())
                .setLatencies(List.of())
                .setReference(new ReferenceProgress(ReferenceState.NONE, 0L, 300L));
        summary.writeTo(profile);
        return profile.build();
    }
}
