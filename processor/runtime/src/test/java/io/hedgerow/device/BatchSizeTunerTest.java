package io.hedgerow.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSizeTunerTest {
    private final List<Integer> tried = new ArrayList<>();

    @Test
    void shouldTakeAllThatIsWantedWhereThatIsFastest() throws IOException {
        BatchSizeTuner found = BatchSizeTuner.upTo(24, size -> pause(size, 5));

        assertThat(found.size()).isEqualTo(24);
        assertThat(tried).containsSequence(1, 2).containsSequence(2, 4).containsSubsequence(24, 1, 2, 4, 8, 16, 24);
        assertThat(found.imagesPerSecond()).isEqualTo(24 / 0.005);
    }

    @Test
    void shouldNotTryWhatIsLargerThanWhatIsSlowAlready() throws IOException {
        BatchSizeTuner found = BatchSizeTuner.upTo(1024, size -> pause(size, size <= 2 ? 60 : 60 * size));

        assertThat(found.size()).isEqualTo(2);
        assertThat(tried).contains(4).doesNotContain(8);
        assertThat(found.outOfMemory()).isNull();
    }

    @Test
    void shouldNotMindThatTheMachineWasSlowOnce() throws IOException {
        BatchSizeTuner found = BatchSizeTuner.upTo(4, size -> pause(size, size == 4 && tried.size() < 9 ? 90 : 10));

        assertThat(found.size()).isEqualTo(4);
    }

    @Test
    void shouldTakeWhatFitsIntoMemory() throws IOException {
        BatchSizeTuner found = BatchSizeTuner.upTo(32, size -> {
            if (size > 8) {
                throw new DeviceMemoryException("too much: " + size, null);
            }
            return pause(size, 2);
        });

        assertThat(found.size()).isEqualTo(8);
        assertThat(found.outOfMemory()).hasMessage("too much: 16");
    }

    @Test
    void shouldSayThatNothingFits() {
        assertThatThrownBy(() -> BatchSizeTuner.upTo(32, size -> {
                    throw new DeviceMemoryException("too much: " + size, null);
                }))
                .isInstanceOf(DeviceMemoryException.class)
                .hasMessage("too much: 1");
    }

    private double pause(int size, long millis) {
        tried.add(size);
        return millis / 1e3;
    }
}
