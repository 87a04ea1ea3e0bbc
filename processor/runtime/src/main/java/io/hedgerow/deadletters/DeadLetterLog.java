package io.hedgerow.deadletters;

import io.hedgerow.event.InputRecord;
import io.hedgerow.event.Reason;
import io.hedgerow.event.RejectedRecordException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/** Tells of dead letters, of each reason at most one a minute, and how many came since. Thread-safe. */
final class DeadLetterLog {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** When a reason was last told of, and how many have come since. */
    private static final class Tally {
        private long told;
        private long silent;
    }

    private final LongSupplier nanos;
    private final Consumer<String> log;
    private final Map<Reason, Tally> tallies = new EnumMap<>(Reason.class);

    DeadLetterLog() {
        this(System::nanoTime, LoggerFactory.getLogger(DeadLetterLog.class)::warn);
    }

    /** Takes a clock such as {@code System::nanoTime}, and where lines go. */
    DeadLetterLog(LongSupplier nanos, Consumer<String> log) {
        this.nanos = nanos;
        this.log = log;
    }

    synchronized void add(InputRecord input, RejectedRecordException rejection) {
        long now = nanos.getAsLong();
        Tally tally = tallies.get(rejection.reason());
        if (tally == null) {
            tally = new Tally();
            tallies.put(rejection.reason(), tally);
        } else if (now - tally.told < PAUSE.toNanos()) {
            tally.silent++;
            return;
        }
        // Records choose the words: nothing of theirs may end the line or move the cursor.
        log.accept("Dead letter, %s: %s: %s%s"
                .formatted(
                        rejection.reason().tag(),
                        input,
                        String.valueOf(rejection.getMessage()).replaceAll("\\p{Cntrl}+", " "),
                        tally.silent == 0 ? "" : "; and %d more of these before".formatted(tally.silent)));
        tally.told = now;
        tally.silent = 0;
    }
}
