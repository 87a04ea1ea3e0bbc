package io.hedgerow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.device.DeviceException;
import io.hedgerow.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadFaultsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final ThreadFaults faults = new ThreadFaults(nanos::get);

    @Test
    void shouldForgetACauseAfterAMinuteWithoutAnother() {
        fail(new StreamsException("odd"), false);
        assertThat(faults.recent()).contains("odd");

        pass(Duration.ofSeconds(59));
        assertThat(faults.recent()).contains("odd");
        pass(Duration.ofSeconds(1));
        assertThat(faults.recent()).isEmpty();
    }

    @Test
    void shouldLastIfOneCauseComesBackForFiveMinutes() {
        for (int i = 0; i < 10; i++) {
            assertThat(faults.isLasting()).isFalse();
            fail(new StreamsException("record at offset " + i + " is odd"), false);
            pass(Duration.ofSeconds(33));
        }

        assertThat(faults.isLasting()).isFalse();
        fail(new StreamsException("record at offset 77 is odd"), false);
        assertThat(faults.isLasting()).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(faults.isLasting()).isFalse();
    }

    @Test
    void shouldNotLastOverACommit() {
        for (int i = 0; i < 30; i++) {
            fail(new StreamsException("odd"), i == 15);
            assertThat(faults.isLasting()).as("after %d", i).isEqualTo(i > 10 && i < 15 || i >= 26);
            pass(Duration.ofSeconds(29));
        }
    }

    @Test
    void shouldNotLastOverAnotherCause() {
        for (int i = 0; i < 30; i++) {
            fail(new StreamsException(i % 8 == 0 ? "other" : "odd"), false);
            assertThat(faults.isLasting()).isFalse();
            pass(Duration.ofSeconds(45));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"device", "registry", "broker"})
    void shouldNeverLastForWhatComesBackByItself(String whose) {
        RuntimeException cause =
                switch (whose) {
                    case "device" -> new DeviceException("down");
                    case "registry" -> new RegistryUnavailableException("away", null);
                    default -> new TimeoutException("no answer");
                };
        for (int i = 0; i < 30; i++) {
            fail(new StreamsException(cause), false);
            assertThat(faults.recent()).isPresent();
            assertThat(faults.isLasting()).isFalse();
            pass(Duration.ofSeconds(30));
        }
    }

    @Test
    void shouldLastForPartitionsThatNobodyWillAddByHimself() {
        var cause = new TimeoutException(
                "Partition 5 of topic explanations with partition count 4 is not present in metadata after 60000 ms.");
        for (int i = 0; i < 12; i++) {
            fail(new StreamsException(cause), false);
            pass(Duration.ofSeconds(30));
        }

        assertThat(faults.isLasting()).isTrue();
        assertThat(faults.recent().orElseThrow()).contains("hedgerow topics add-partitions");
    }

    private void fail(RuntimeException failure, boolean committed) {
        faults.add(ThreadFault.of(failure), committed);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
