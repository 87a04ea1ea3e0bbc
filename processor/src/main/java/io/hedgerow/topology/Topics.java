package io.hedgerow.topology;

import java.util.HashSet;
import java.util.List;

/**
 * The topics' names.
 *
 * @param input prediction events, read
 * @param explanations written, with at least as many partitions as the input
 * @param deadLetters records that can't be explained, written, with at least as many partitions as the input
 */
public record Topics(String input, String explanations, String deadLetters) {
    /** The names in the documentation. */
    public static final Topics DEFAULT = new Topics("prediction-events", "explanations", "explanations-dlq");

    public Topics {
        if (new HashSet<>(List.of(input, explanations, deadLetters)).size() < 3) {
            throw new IllegalArgumentException("input %s, explanations %s and dead letters %s must be three topics"
                    .formatted(input, explanations, deadLetters));
        }
    }
}
