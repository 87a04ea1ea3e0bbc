package io.hedgerow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.AlertKind;
import io.hedgerow.Explanation;
import io.hedgerow.FaithfulnessSums;
import io.hedgerow.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's line, whose maps are what they say for a while, and their cells shuffled from then on. */
class UnfaithfulModelTest {
    private static final long SEED = 5;
    private static final int EVENTS = 200;
    private static final int ROUNDS = 6;

    @TempDir
    private static Path folder;

    private static MonitoredLine line;
    private static List<byte[]> honest;
    private static List<byte[]> shuffled;

    @BeforeAll
    static void explain() throws Exception {
        line = MonitoredLine.of(BundledModel.SURFACE_UNBIASED, folder);
        honest = line.explain(line.model(), 1, EVENTS, index -> line.part(SEED, EVENTS, index));
        shuffled = line.explain(new ShuffledMaps(line.model()), 1, EVENTS, index -> line.part(SEED, EVENTS, index));
    }

    @AfterAll
    static void close() {
        line.close();
    }

    @Test
    void shouldRaiseAnAlertWhenEvidenceMattersNoMoreThanChance() {
        List<byte[]> changed = new ArrayList<>(honest);
        for (int round = 1; round <= ROUNDS; round++) {
            changed.addAll(MonitoredLine.later(shuffled, round * EVENTS));
        }

        assertThat(MonitoredLine.monitor(changed, EVENTS).opened()).anySatisfy(alert -> {
            assertThat(alert.getKind()).isEqualTo(AlertKind.UNFAITHFUL);
            assertThat(alert.getValue()).isBetween(0.3, 0.65);
            assertThat(alert.getOpenedAt()).isAfter(MonitoredLine.time(EVENTS));
            assertThat(alert.getMessage()).contains("evidence matters more than other places");
            assertThat(alert.getExamples()).isNotEmpty();
        });
    }

    @Test
    void shouldRaiseNoneWhileItMattersMore() {
        List<byte[]> all = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            all.addAll(MonitoredLine.later(honest, round * EVENTS));
        }

        MonitoredLine.Written written = MonitoredLine.monitor(all, EVENTS);

        assertThat(written.opened()).noneMatch(alert -> alert.getKind() == AlertKind.UNFAITHFUL);
        FaithfulnessSums sums = written.profiles().stream()
                .filter(profile -> profile.getClassIndex() == -1)
                .map(Profile::getFaithfulness)
                .max((one, other) -> Long.compare(one.getEvents(), other.getEvents()))
                .orElseThrow();
        assertThat(sums.getEvents()).isEqualTo(EVENTS);
        assertThat(sums.getEvidenceWins()).isGreaterThan(160);
        assertThat(sums.getEvidenceDrop()).isGreaterThan(sums.getChanceDrop());
    }

    @Test
    void shouldPutAllToTrialThatItIsToldTo() {
        assertThat(MonitoredLine.read(honest).stream()
                        .map(Explanation::getFaithfulness)
                        .filter(Objects::nonNull))
                .hasSize(EVENTS);
    }
}
