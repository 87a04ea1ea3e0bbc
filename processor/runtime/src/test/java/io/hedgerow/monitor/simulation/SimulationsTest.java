package io.hedgerow.monitor.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.monitor.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulates again at reduced size what the guide publishes. */
class SimulationsTest {
    private static final Path GUIDE = Path.of("../../docs/monitoring.md");
    private static final int WINDOW = 10;

    private final Simulations simulations = new Simulations();

    @ParameterizedTest
    @ValueSource(doubles = {3, 4.3})
    void shouldFindChangesAsSoonAsPublishedAndAsTheReferenceDoes(double z) throws IOException {
        Map<String, double[]> delays = simulations.delays(z, 5, 12);

        for (Map.Entry<String, double[]> entry : delays.entrySet()) {
            double[] published = row(z, entry.getKey());
            for (int at = 0; at < published.length; at++) {
                double expected = golden(z, entry.getKey(), Simulations.THRESHOLDS[at]);
                assertThat(published[at])
                        .as("published for %s at %.0e", entry.getKey(), Simulations.THRESHOLDS[at])
                        .isCloseTo(expected, within(Math.max(WINDOW, 0.25 * expected)));
                // five references instead of ten
                assertThat(entry.getValue()[at])
                        .as("delay of %s at %.0e", entry.getKey(), Simulations.THRESHOLDS[at])
                        .isCloseTo(published[at], within(Math.max(WINDOW, 0.4 * published[at])));
            }
        }
        assertThat(delays).hasSize(9);
    }

    @Test
    void shouldKeepToTheBoundWhereLimitsAreExact() {
        Simulations.Alarms alarms = simulations.tight(40, 100, 100);

        assertThat(alarms.alarms()).as("of 40, of which 63 %% survive").isBetween(1, 15);
    }

    @Test
    void shouldRaiseNoAlarmWithLearnedLimits() {
        assertThat(simulations.quiet(6, 300, 2, 200, 1_000).alarms()).isZero();
    }

    @Test
    void shouldBearScenesOnlyIfDependenceIsMeasured() {
        assertThat(simulations.scenes(10, 300, false, 6, 200).alarms()).isGreaterThan(3);
        assertThat(simulations.scenes(10, 300, true, 6, 200).alarms()).isZero();
        assertThat(simulations.scenes(2, 300, true, 6, 200).alarms()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"4,300", "4,100", "1000,300", "1000,100"})
    void shouldKeepThePromiseOverEverything(int classes, int learned) {
        assertThat(simulations.everything(classes, learned, 2, 300).alarms()).isZero();
    }

    @Test
    void shouldFindShortcutsAndNothingElse() {
        assertThat(simulations.shortcuts("stain", 0, false, 20)).isEqualTo(20);
        assertThat(simulations.shortcuts("scratch", 0, false, 20)).isZero();
        assertThat(simulations.shortcuts("dent", 0.2, true, 10)).isEqualTo(10);
        assertThat(simulations.shortcuts("dent", 0.05, true, 10)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 200})
    void shouldFindThatEvidenceMattersNoMoreThanChanceAsSoonAsPublished(int seen) throws IOException {
        double published = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("| " + seen + " sampled events |"))
                .map(line -> Double.parseDouble(line.split("\\|")[2].trim().replace(",", "")))
                .findFirst()
                .orElseThrow();

        assertThat(simulations.unfaithful(seen, 40)).isCloseTo(published, within(0.25 * published));
    }

    @Test
    void shouldPublishWhatItPromises() throws IOException {
        String guide = Files.readString(GUIDE);

        assertThat(guide)
                .contains("| alarms always |", "| never alarms |")
                .contains("upper limit at 95 %")
                .doesNotContain("TODO");
    }

    private static double[] row(double z, String what) throws IOException {
        boolean[] inside = {false};
        return Files.readAllLines(GUIDE).stream()
                .filter(line -> {
                    if (line.startsWith("| z = ")) {
                        inside[0] = line.startsWith("| z = " + z + " ");
                    }
                    return inside[0] && line.startsWith("| " + what + " |");
                })
                .findFirst()
                .map(line -> Arrays.stream(line.split("\\|"))
                        .skip(2)
                        .mapToDouble(cell -> Double.parseDouble(cell.trim()))
                        .toArray())
                .orElseThrow(() -> new AssertionError("the guide has no row for " + what + " at z = " + z));
    }

    private static double golden(double z, String what, double threshold) {
        for (JsonNode row : new Golden().get("delays")) {
            String name =
                    row.get(1).asText() + " " + Math.round(100 * row.get(2).asDouble()) + " %";
            if (row.get(0).asDouble() == z && name.equals(what) && row.get(3).asDouble() == threshold) {
                return row.get(4).asDouble();
            }
        }
        throw new AssertionError("nothing golden of " + what);
    }
}
