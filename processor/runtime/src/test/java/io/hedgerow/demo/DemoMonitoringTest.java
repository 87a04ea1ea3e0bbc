package io.hedgerow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The demo's line of a minute, explained by its model and monitored, in event time as fast as it goes: stickers come to all parts
 * after half of it, and are never on others than stains, and are on all from the beginning.
 */
class DemoMonitoringTest {
    private static final int EVENTS = 1_200;
    private static final int CHANGE = EVENTS / 2;
    private static final int REFERENCE = 200;

    @TempDir
    private static Path folder;

    private static MonitoredLine line;

    @BeforeAll
    static void load() throws Exception {
        line = MonitoredLine.of(BundledModel.SURFACE_BIASED, folder);
    }

    @AfterAll
    static void close() {
        line.close();
    }

    static LongStream seeds() {
        return LongStream.range(1, 1 + Long.getLong("hedgerow.demo.seeds", 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldFindStickersOnAllPartsAndNothingWhereNothingChanges(long seed) {
        List<byte[]> biased = explain(seed, EVENTS);
        List<byte[]> everywhere = explain(seed, 0);
        List<byte[]> changed = new ArrayList<>(biased.subList(0, CHANGE));
        changed.addAll(everywhere.subList(CHANGE, EVENTS));

        MonitoredLine.Written written = MonitoredLine.monitor(changed, REFERENCE);
        List<Alert> drift = written.drift();
        assertThat(drift).isNotEmpty().allMatch(alert -> !alert.getOpenedAt().isBefore(MonitoredLine.time(CHANGE)));
        assertThat(drift)
                .anySatisfy(alert -> {
                    assertThat(alert.getKind()).isEqualTo(AlertKind.CLASS_SHARE);
                    assertThat(alert.getLabel()).isEqualTo("stain");
                    assertThat(alert.getValue()).isGreaterThan(0.8);
                    assertThat(alert.getOpenedAt())
                            .isBeforeOrEqualTo(MonitoredLine.time(CHANGE).plusSeconds(60));
                })
                .anySatisfy(alert -> {
                    assertThat(alert.getKind()).isEqualTo(AlertKind.DRIFT);
                    assertThat(alert.getClassIndex()).isEqualTo(-1);
                    assertThat(alert.getMessage()).contains("border", "sixteenth");
                    assertThat(alert.getOpenedAt())
                            .isBeforeOrEqualTo(MonitoredLine.time(CHANGE).plusSeconds(60));
                });
        assertThat(written.opened())
                .as("the stickers on stains are a shortcut that the reference has already")
                .anySatisfy(alert -> {
                    assertThat(alert.getKind()).isEqualTo(AlertKind.SHORTCUT);
                    assertThat(alert.getLabel()).isEqualTo("stain");
                });
        assertThat(MonitoredLine.monitor(biased, REFERENCE).drift()).isEmpty();
        assertThat(MonitoredLine.monitor(everywhere, REFERENCE).drift()).isEmpty();
        System.out.printf(
                "seed %d: %s after the change%n",
                seed,
                drift.stream()
                        .map(alert -> alert.getKind() + " "
                                + Duration.between(MonitoredLine.time(CHANGE), alert.getOpenedAt())
                                        .toSeconds() + " s")
                        .toList());
    }

    private static List<byte[]> explain(long seed, long stickersFrom) {
        return line.explain(line.model(), 0, EVENTS, index -> line.part(seed, stickersFrom, index));
    }
}
