package io.hedgerow.topics;

import java.util.List;

/**
 * The names of monitoring's topics. None has to have as many partitions as the input.
 *
 * @param profiles what models looked at, window by window
 * @param references what is compared with, and people's answers
 * @param alerts what was found
 */
public record MonitorTopics(String profiles, String references, String alerts) {
    /** The names in the documentation. */
    public static final MonitorTopics DEFAULT =
            new MonitorTopics("explanations-profiles", "explanations-references", "explanations-alerts");

    /** All three. */
    public List<String> all() {
        return List.of(profiles, references, alerts);
    }
}
