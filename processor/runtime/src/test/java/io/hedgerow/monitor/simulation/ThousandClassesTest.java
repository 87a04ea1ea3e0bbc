package io.hedgerow.monitor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Alert;
import org.junit.jupiter.api.Test;

class ThousandClassesTest {
    private static final int CHANGED = 402;
    private static final int LEARNING = 13;
    private static final int MOST = 12;

    @Test
    void shouldFindAChangeWithinOneClassOfAThousandAndInNoOther() {
        ThousandClasses thousand = new ThousandClasses(1_000);
        for (int window = 0; window < LEARNING; window++) {
            thousand.microsEach();
        }
        assertThat(thousand.drift()).isEmpty();

        thousand.change(CHANGED);
        int windows = 0;
        while (thousand.drift().isEmpty() && windows < MOST) {
            thousand.microsEach();
            windows++;
        }

        Alert found = thousand.drift().get(0);
        assertThat(thousand.drift()).hasSize(1);
        assertThat(found.getClassIndex()).isEqualTo(CHANGED);
        assertThat(found.getMessage()).contains("class-" + CHANGED);
        System.out.printf(
                "found in %d events of the class, %d windows: %s%n", found.getEvents(), windows, found.getMessage());
    }
}
