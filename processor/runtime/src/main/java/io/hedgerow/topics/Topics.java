package io.hedgerow.topics;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The topics' names. What is written needs at least as many partitions as the input.
 *
 * @param input prediction events, read
 * @param explanations written
 * @param deadLetters records that can't be explained, written
 * @param audit what became of each record, written; null for no audit trail
 * @param checkpoints signed states of the audit trail, written by its signer; null for no audit trail
 */
public record Topics(
        String input, String explanations, String deadLetters, @Nullable String audit, @Nullable String checkpoints) {
    /** The names in the documentation, without an audit trail. */
    public static final Topics DEFAULT = new Topics("prediction-events", "explanations", "explanations-dlq");

    /** The store of a task's audit log. */
    public static final String AUDIT_STORE = "audit-log";

    public Topics {
        List<String> names = Stream.of(input, explanations, deadLetters, audit, checkpoints)
                .filter(Objects::nonNull)
                .toList();
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("topics %s must be different topics".formatted(names));
        }
    }

    /** Without an audit trail. */
    public Topics(String input, String explanations, String deadLetters) {
        this(input, explanations, deadLetters, null, null);
    }

    /** Whether a topic belongs to the audit trail. */
    boolean isOfAudit(String topic) {
        return topic.equals(audit) || topic.equals(checkpoints);
    }

    /** The topic from which an application's audit logs come back. */
    static String auditChangelog(String application) {
        return application + "-" + AUDIT_STORE + "-changelog";
    }

    /** What is written. */
    public List<String> outputs() {
        return Stream.of(explanations, deadLetters, audit, checkpoints)
                .filter(Objects::nonNull)
                .toList();
    }
}
