package io.hedgerow.monitor;

import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceOrigin;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import io.hedgerow.monitor.profile.Summary;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.reference.BaselineRecords;
import io.hedgerow.monitor.reference.Learner;
import io.hedgerow.monitor.reference.Rates;
import io.hedgerow.monitor.reference.ReferenceRules;
import io.hedgerow.monitor.shortcut.Group;
import io.hedgerow.monitor.shortcut.Reservoir;
import io.hedgerow.monitor.shortcut.SampledMap;
import io.hedgerow.monitor.shortcut.ShortcutFinder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes references of a model apart from its stream: from a span of time or a folder of pictures. It holds all maps, of 16 ×
 * 16 cells, until then. Not thread-safe.
 */
public final class ReferenceLearner {
    // RATIONALE: Why do later references have wider limits?
    private final ExplainedModel model;
    private final Method method;
    private final MonitorSettings settings;
    private final ReferenceOrigin origin;
    private final Map<Integer, List<Observation>> events = new TreeMap<>();
    private final Map<Integer, String> labels = new TreeMap<>();
    private final Rates rates = new Rates();

    /**
     * Begins.
     *
     * @param origin where the windows come from
     */
    public ReferenceLearner(ExplainedModel model, Method method, MonitorSettings settings, ReferenceOrigin origin) {
        this.model = model;
        this.method = method;
        this.settings = settings;
        this.origin = origin;
    }

    /** Learns from a window; they come in any order. Of a folder all pictures make one window. */
    public void add(Window window) {
        Outcomes outcomes = new Outcomes();
        window.outcomes().values().forEach(outcomes::add);
        Summary summary = new Summary();
        double[] unmeasured = new double[Features.COUNT];
        for (Observation event : window.observations()) {
            summary.add(event, unmeasured);
            labels.merge(event.classIndex(), event.label(), (one, other) -> one.isEmpty() ? other : one);
            if (!event.map().blind()) {
                events.computeIfAbsent(Scope.ALL, all -> new ArrayList<>()).add(event);
                events.computeIfAbsent(event.classIndex(), one -> new ArrayList<>())
                        .add(event);
            }
        }
        rates.add(RateDrift.counted(summary, outcomes, settings.audited()));
    }

    /** The references of all classes together and of each class with at least 100 maps, and nothing of the others. */
    public List<ReferenceEntry> entries() {
        List<ReferenceEntry> entries = new ArrayList<>();
        int ordinal = 0;
        for (Map.Entry<Integer, List<Observation>> each : events.entrySet()) {
            if (each.getValue().size() >= ReferenceRules.LEAST) {
                ordinal++;
                entries.add(
                        entry(each.getKey(), each.getValue().stream().sorted().toList(), ordinal));
            }
        }
        return entries;
    }

    private ReferenceEntry entry(int classIndex, List<Observation> sorted, int ordinal) {
        boolean whole = classIndex == Scope.ALL;
        Learner learner = new Learner(sorted.size());
        Reservoir reservoir = new Reservoir();
        for (Observation event : sorted) {
            reservoir.add(event);
            learner.add(
                    event, () -> reservoir.maps().stream().map(SampledMap::map).toList());
        }
        learner.rates().add(rates);
        Baseline baseline =
                learner.baseline(whole ? settings.modelRules() : settings.classRules(), origin, ordinal, whole);
        List<Group> groups = whole ? List.of() : new ShortcutFinder().find(reservoir.maps());
        return new ReferenceEntry(
                model,
                method,
                classIndex,
                labels.computeIfAbsent(classIndex, none -> ""),
                Instant.ofEpochMilli(baseline.to()),
                BaselineRecords.record(
                        baseline, labels, groups.stream().map(Group::record).toList()));
    }
}
