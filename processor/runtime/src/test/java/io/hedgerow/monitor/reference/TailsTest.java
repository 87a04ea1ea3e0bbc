package io.hedgerow.monitor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.monitor.Golden;
import org.junit.jupiter.api.Test;

class TailsTest {
    private final JsonNode golden = new Golden().get("tails");

    @Test
    void shouldAgreeWithSciPy() {
        golden.get("normal").fields().forEachRemaining(entry -> assertThat(
                        Tails.normal(Double.parseDouble(entry.getKey())))
                .isCloseTo(entry.getValue().asDouble(), within(1e-6)));
        for (JsonNode row : golden.get("beta")) {
            assertThat(Tails.beta(
                            row.get(0).asDouble(),
                            row.get(1).asDouble(),
                            row.get(2).asDouble()))
                    .isCloseTo(row.get(3).asDouble(), within(1e-9));
        }
        for (JsonNode row : golden.get("binomial")) {
            double expected = row.get(2).asDouble();
            assertThat(Tails.binomial(row.get(0).asInt() - 1, 0.05, row.get(1).asInt()))
                    .isCloseTo(expected, within(expected * 1e-9));
        }
    }

    @Test
    void shouldKnowTheEnds() {
        assertThat(Tails.binomial(10, 0.3, 0)).isOne();
        assertThat(Tails.binomial(10, 0.3, 11)).isZero();
        assertThat(Tails.upper(0.01, 10, 10)).isOne();
        assertThat(Tails.lower(0.01, 0, 10)).isZero();
        assertThat(Tails.upper(0.05, 0, 59)).isCloseTo(0.05, within(1e-3));
    }
}
