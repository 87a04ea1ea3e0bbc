package io.hedgerow.models;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names of a model's classes, by index and back; white space around a name doesn't count. Immutable. */
public final class ClassLabels {
    /** No class has this name. */
    public static final int UNKNOWN = -1;

    /** Several classes have this name. */
    public static final int AMBIGUOUS = -2;

    private final List<String> labels;
    private final Map<String, Integer> indices = new HashMap<>();

    /**
     * Takes names by index.
     *
     * @param labels an empty one, or none at the end, for a class without a name
     */
    public ClassLabels(List<String> labels) {
        this.labels = List.copyOf(labels);
        for (int index = 0; index < labels.size(); index++) {
            indices.merge(labels.get(index).strip(), index, (one, other) -> AMBIGUOUS);
        }
        indices.remove("");
    }

    /** Whether no class has a name. */
    public boolean isEmpty() {
        return indices.isEmpty();
    }

    /** Name of a class; empty if it has none. */
    public String label(int index) {
        return index < labels.size() ? labels.get(index) : "";
    }

    /** Index of the class with a name, {@link #UNKNOWN} or {@link #AMBIGUOUS}. */
    public int index(String label) {
        return indices.getOrDefault(label.strip(), UNKNOWN);
    }
}
