package io.hedgerow.cli.stream;

import io.hedgerow.cli.console.Printable;
import io.hedgerow.deadletters.DeadLetter;
import io.hedgerow.deadletters.Replayability;
import io.hedgerow.event.Reason;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;

/** Dead letters one below the other, in columns of fixed width so that any number can be printed as they are read. */
final class DeadLetterTable {
    private static final int REASON = Arrays.stream(Reason.values())
            .mapToInt(reason -> reason.tag().length())
            .max()
            .orElse(0);
    private static final int KEY = 24;
    private static final int MESSAGE = 100;

    private final PrintWriter out;
    private final String format;
    private final String events;
    private boolean begun;

    /** Takes the topic of events, whose name need not be said in every line. */
    DeadLetterTable(PrintWriter out, String events) {
        this.out = out;
        this.events = events;
        this.format = "%9s  %10s  %-" + Math.max(16, events.length() + 12) + "s  %-" + REASON + "s  %-8s  %-" + KEY
                + "s  %s%n";
    }

    void add(DeadLetter letter, Replayability verdict) {
        if (!begun) {
            out.printf(format, "partition", "offset", "event", "reason", "replayed", "key", "message");
            begun = true;
        }
        out.printf(
                format,
                letter.partition(),
                letter.offset(),
                event(letter),
                Printable.text(letter.reason(), REASON),
                switch (verdict.kind()) {
                    case REPLAYABLE -> "no";
                    case REPLAYED -> "yes";
                    case UNREPLAYABLE -> "can't be";
                },
                Printable.bytes(letter.key(), KEY),
                Printable.text(letter.message(), MESSAGE));
    }

    /** Says how many there are. */
    void end(long letters) {
        if (begun) {
            out.println();
        }
        out.println(count(letters));
    }

    static String count(long letters) {
        return letters == 1 ? "1 dead letter" : String.format(Locale.ROOT, "%,d dead letters", letters);
    }

    private String event(DeadLetter letter) {
        String topic = letter.eventTopic().isEmpty() ? "?" : letter.eventTopic();
        return Printable.text(topic, Math.max(events.length(), 16)) + "-" + letter.eventPartition() + "@"
                + letter.eventOffset();
    }
}
