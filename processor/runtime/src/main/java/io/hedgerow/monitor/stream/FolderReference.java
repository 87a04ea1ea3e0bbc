package io.hedgerow.monitor.stream;

import io.hedgerow.Agreement;
import io.hedgerow.AuditStatus;
import io.hedgerow.Explanation;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceOrigin;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.monitor.ReferenceLearner;
import io.hedgerow.monitor.Window;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A reference made of pictures that were explained by one model, without a stream. Not thread-safe. */
public final class FolderReference {
    private final MonitorSettings settings;
    private final ExplanationReader reader = new ExplanationReader();
    private final List<Observation> seen = new ArrayList<>();
    private final Map<Integer, String> labels = new TreeMap<>();
    private @Nullable ModelKey model;

    /** Of no picture. */
    public FolderReference(MonitorSettings settings) {
        this.settings = settings;
    }

    /**
     * Adds a picture.
     *
     * @return what monitoring sees of it; null if it sees nothing, for want of a map of the class that was decided
     */
    public @Nullable Observation add(Explanation explanation) {
        Partial partial = reader.read("folder", explanation, true);
        if (partial == null || !(partial.body() instanceof Partial.Seen one)) {
            return null;
        }
        model = one.model();
        labels.put(one.observation().classIndex(), one.observation().label());
        seen.add(one.observation());
        return one.observation();
    }

    /** Names of the classes that were decided, by index. */
    public Map<Integer, String> labels() {
        return Collections.unmodifiableMap(labels);
    }

    /** References of all classes together and of each class with at least 100 maps; none of the others. */
    public List<ReferenceEntry> entries() {
        ModelKey key = model;
        if (key == null) {
            return List.of();
        }
        Map<Integer, Outcomes> outcomes = new TreeMap<>();
        seen.forEach(one -> outcomes.computeIfAbsent(one.classIndex(), unused -> new Outcomes())
                .add(AuditStatus.EXPLAINED, Agreement.NOT_LOGGED, -1));
        ReferenceLearner learner = new ReferenceLearner(key.model(), key.method(), settings, ReferenceOrigin.FOLDER);
        learner.add(new Window(0, seen, outcomes));
        return learner.entries();
    }
}
