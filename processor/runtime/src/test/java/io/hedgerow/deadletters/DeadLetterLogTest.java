package io.hedgerow.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.event.InputRecord;
import io.hedgerow.event.Reason;
import io.hedgerow.event.RejectedRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterLogTest {
    private final AtomicLong nanos = new AtomicLong(17);
    private final List<String> lines = new ArrayList<>();
    private final DeadLetterLog log = new DeadLetterLog(nanos::get, lines::add);

    @Test
    void shouldTellOfEachReasonOnceAMinuteAndOfHowManyItDidNot() {
        for (int offset = 0; offset < 100; offset++) {
            add(offset, Reason.UNKNOWN_MODEL, "no such model");
        }
        add(100, Reason.BAD_IMAGE, "cut off");
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        add(101, Reason.UNKNOWN_MODEL, "still none");
        add(102, Reason.UNKNOWN_MODEL, "and none");

        assertThat(lines)
                .containsExactly(
                        "Dead letter, unknown_model: events-3@0: no such model",
                        "Dead letter, bad_image: events-3@100: cut off",
                        "Dead letter, unknown_model: events-3@101: still none; and 99 more of these before");
    }

    @Test
    void shouldKeepToOneLineWhateverARecordHolds() {
        add(0, Reason.UNKNOWN_MODEL, "model \u001b[2J\r\nERROR forged is not configured");

        assertThat(lines)
                .containsExactly("Dead letter, unknown_model: events-3@0: model  [2J ERROR forged is not configured");
    }

    private void add(long offset, Reason reason, String message) {
        log.add(
                new InputRecord(new TopicPartition("events", 3), offset, null, new RecordHeaders()),
                new RejectedRecordException(reason, message));
    }
}
