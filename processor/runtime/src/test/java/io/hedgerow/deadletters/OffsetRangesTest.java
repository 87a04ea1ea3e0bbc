package io.hedgerow.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OffsetRangesTest {
    private final OffsetRanges ranges = new OffsetRanges();

    @Test
    void shouldJoinRangesThatTouch() {
        ranges.add(5, 7);
        ranges.add(10, 12);
        ranges.add(7, 9);

        assertThat(ranges).hasToString("5-9,10-12");
        assertThat(OffsetRanges.parse("5-9,10-12")).hasToString("5-9,10-12");
        assertThat(OffsetRanges.parse("")).hasToString("");
    }

    @RepeatedTest(50)
    void shouldHoldWhatWasAddedAndNothingElse(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        BitSet added = new BitSet();
        for (int i = 0; i < 20; i++) {
            int from = random.nextInt(90);
            int to = from + random.nextInt(10);
            ranges.add(from, to);
            added.set(from, to);
        }

        OffsetRanges read = OffsetRanges.parse(ranges.toString());
        for (int offset = 0; offset < 110; offset++) {
            assertThat(ranges.contains(offset)).as("%d in %s", offset, ranges).isEqualTo(added.get(offset));
            assertThat(read.contains(offset)).isEqualTo(added.get(offset));
        }
        assertThat(ranges.toString().split(",")).as("%s", ranges).hasSize((int)
                added.stream().filter(offset -> !added.get(offset + 1)).count());
    }

    @Test
    void shouldRefuseOtherText() {
        assertThatThrownBy(() -> OffsetRanges.parse("1-2;3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1-2;3");
    }
}
