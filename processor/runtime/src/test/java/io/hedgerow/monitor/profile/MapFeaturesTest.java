package io.hedgerow.monitor.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.monitor.Golden;
import io.hedgerow.monitor.RecordedMaps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapFeaturesTest {
    private final MapFeatures measure = new MapFeatures();
    private final double[] features = new double[Features.COUNT];

    @Test
    void shouldAgreeWithTheReference() {
        Golden golden = new Golden();
        RecordedMaps recorded = new RecordedMaps();
        List<Grid> dents = recorded.of("dent");
        int reference = golden.get("reference").asInt();
        List<Grid> rest = new ArrayList<>(dents.subList(reference, dents.size()));
        rest.addAll(recorded.stickers().subList(0, 40));

        int at = 0;
        for (JsonNode expected : golden.get("features")) {
            measure.measure(rest.get(at), Double.NaN, golden.landmarks(), features);
            for (int feature = 0; feature < expected.size(); feature++) {
                assertThat(features[feature])
                        .as("%s of map %d", Features.name(feature), at)
                        .isCloseTo(expected.get(feature).asDouble(), within(1e-6));
            }
            at += 20;
        }
        assertThat(at).isGreaterThan(300);
    }

    @Test
    void shouldSayWhereTheEvidenceLies() {
        double[] cells = new double[Grid.CELLS];
        cells[13 * 16 + 14] = 3;

        measure.measure(Grid.of(cells), 0.75, null, features);

        assertThat(features[15]).isOne();
        assertThat(features[0]).isZero();
        assertThat(features[Features.CONCENTRATION]).isCloseTo(1, within(1e-12));
        assertThat(features[Features.BORDER]).isOne();
        assertThat(features[Features.VARIATION]).isZero();
        assertThat(features[Features.CONFIDENCE]).isEqualTo(0.75);
    }

    @Test
    void shouldBeSpreadEvenly() {
        double[] cells = new double[Grid.CELLS];
        java.util.Arrays.fill(cells, 7);

        measure.measure(Grid.of(cells), Double.NaN, null, features);

        assertThat(features[5]).isCloseTo(1.0 / 16, within(1e-12));
        assertThat(features[Features.CONCENTRATION]).isCloseTo(0, within(1e-12));
        assertThat(features[Features.BORDER]).isCloseTo(112 / 256.0, within(1e-12));
    }
}
