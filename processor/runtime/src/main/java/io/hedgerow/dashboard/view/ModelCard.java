package io.hedgerow.dashboard.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model as it is monitored, with one method.
 *
 * @param key names it in addresses
 */
public record ModelCard(String key, String name, String version, String sha256, Method method, Reference reference) {
    /** How maps were made. */
    public record Method(String name, String version, Map<String, String> parameters) {}

    /**
     * Where the model's reference stands.
     *
     * @param state none, learning, ready or stale
     * @param have explanations learned from
     * @param want explanations wanted
     * @param readyInSeconds at the present rate; null if that can't be told
     * @param learnedAt event time in milliseconds; null without a reference
     * @param events explanations that the reference was learned from; null without one
     * @param covers what it knows and what not, in a sentence; null without one
     */
    public record Reference(
            String state,
            long have,
            long want,
            @Nullable Long readyInSeconds,
            @Nullable Long learnedAt,
            @Nullable Long events,
            @Nullable String covers) {
        /** Whether there is nothing to compare with yet, or again. */
        @JsonIgnore
        boolean isLearning() {
            return learnedAt == null || state.equals("learning") || state.equals("none");
        }
    }
}
