package io.hedgerow.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.LearnedReference;
import io.hedgerow.monitor.profile.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CostTest {
    private static final int CLASSES = 200;

    @Test
    void shouldKeepAThousandClassesIn64Megabytes() {
        Rig rig = new Rig(1, Rig.settings(200, 300));
        for (int window = 0; window < 8; window++) {
            List<Observation> events = new ArrayList<>();
            for (int classIndex = 0; classIndex < CLASSES; classIndex++) {
                for (int event = 0; event < 40; event++) {
                    events.add(rig.event(event, classIndex, rig.map(classIndex % 4)));
                }
            }
            rig.close(events, Map.of());
            long bytes =
                    rig.kept.values().stream().mapToLong(value -> value.length).sum();

            assertThat(bytes * 1_000.0 / CLASSES)
                    .as("bytes of a thousand classes after window %d", window)
                    .isLessThan(64e6);
        }
        assertThat(rig.references.stream()
                        .map(entry -> (LearnedReference) entry.getBody())
                        .collect(Collectors.toMap(
                                LearnedReference::getId, LearnedReference::getPreliminary, (a, b) -> b))
                        .values())
                .as("of each class a preliminary one and the full one, and one of all together")
                .hasSize(2 * CLASSES + 1)
                .filteredOn(preliminary -> !preliminary)
                .hasSize(CLASSES + 1);
        assertThat(rig.kept.size()).isLessThan(20 * CLASSES);
    }
}
