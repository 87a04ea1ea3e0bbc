package io.hedgerow.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrecisionCheckTest {
    @Test
    void shouldSayNothingWhereTheProcessorHelps() {
        assertThat(PrecisionCheck.message("m", Optional.of(true))).isEmpty();
    }

    @Test
    void shouldSayWhereItDoesNotAndWhereThatIsUnknown() {
        assertThat(PrecisionCheck.message("m", Optional.of(false)))
                .hasValue(
                        "model m: precision bfloat16 won't help, for this CPU has neither AVX512_BF16 nor AMX; use float32");
        assertThat(PrecisionCheck.message("m", Optional.empty()))
                .hasValueSatisfying(text -> assertThat(text).contains("unknown"));
    }
}
