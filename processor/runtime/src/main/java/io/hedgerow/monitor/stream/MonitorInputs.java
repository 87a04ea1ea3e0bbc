package io.hedgerow.monitor.stream;

import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Topics that monitoring reads, and those that it writes.
 *
 * @param explanations read
 * @param audit read; null if there is no audit trail
 * @param deadLetters read for want of an audit trail; null if there is one
 * @param monitor written; of them references are read too
 */
public record MonitorInputs(
        String explanations, @Nullable String audit, @Nullable String deadLetters, MonitorTopics monitor) {
    public static MonitorInputs of(Topics topics, MonitorTopics monitor) {
        return new MonitorInputs(
                topics.explanations(), topics.audit(), topics.audit() == null ? topics.deadLetters() : null, monitor);
    }

    /** What is read. */
    public List<String> read() {
        List<String> read = new ArrayList<>(List.of(explanations));
        if (audit != null) {
            read.add(audit);
        }
        if (deadLetters != null) {
            read.add(deadLetters);
        }
        read.add(monitor.references());
        return read;
    }

    /** Whether a topic's times say how far events have come: dead letters are too few for that. */
    boolean tellsTime(String topic) {
        return topic.equals(explanations) || topic.equals(audit);
    }
}
