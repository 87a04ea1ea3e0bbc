package io.hedgerow.monitor;

import io.hedgerow.ExplainedModel;
import io.hedgerow.LearnedReference;
import io.hedgerow.Method;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceOrigin;
import io.hedgerow.ReferenceRequest;
import io.hedgerow.Verdict;
import io.hedgerow.VerdictKind;
import io.hedgerow.digest.Sha256;
import io.hedgerow.monitor.detect.Budget;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.MapFeatures;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import io.hedgerow.monitor.profile.Summary;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.reference.BaselineRecords;
import io.hedgerow.monitor.reference.Learner;
import io.hedgerow.monitor.reference.ReferenceRules;
import io.hedgerow.monitor.shortcut.Group;
import io.hedgerow.monitor.shortcut.Reservoir;
import io.hedgerow.monitor.shortcut.SampledMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Watches one model explained by one method. The same windows in the same order give the same findings, whatever process
 * they are told to, and whether or not it was started anew from its {@link Memory} in between. Not thread-safe.
 */
public final class ModelMonitor {
    private static final int ID = 32;

    private final ExplainedModel model;
    private final Method method;
    private final MonitorSettings settings;
    private final Memory memory;
    private final Known known;
    private final ScopeStore scopes;
    private final Watching watching;
    private final Shortcuts shortcuts;
    private final ProfileWriter profiles;
    private final MapFeatures measure = new MapFeatures();
    private final double[] features = new double[Features.COUNT];

    /**
     * A monitor that goes on from what the memory holds, or begins where it holds nothing.
     *
     * @param model the model; its SHA-256 tells one from another
     * @param method how its maps are made
     */
    public ModelMonitor(ExplainedModel model, Method method, MonitorSettings settings, Memory memory) {
        this.model = model;
        this.method = method;
        this.settings = settings;
        this.memory = memory;
        known = new Known(memory);
        scopes = new ScopeStore(memory);
        AlertWriter writer = new AlertWriter(model, method);
        double windows = (double) settings.falseAlarmInterval().toMillis()
                / settings.window().toMillis();
        watching = new Watching(settings, new Budget(windows, settings.models()), known, writer, this::alertId);
        shortcuts = new Shortcuts(settings, known, writer, this::alertId);
        profiles = new ProfileWriter(model, method, settings);
    }

    /**
     * Learns from a window or looks for changes in it. Windows come in order of time, each once; empty ones may be left
     * out.
     *
     * @throws IllegalArgumentException if the window isn't after the last one
     */
    public Findings close(Window window) {
        if (window.start() <= known.lastWindow) {
            throw new IllegalArgumentException("window " + Instant.ofEpochMilli(window.start())
                    + " comes after window " + Instant.ofEpochMilli(known.lastWindow)
                    + "; windows are closed in order of time, and late events counted apart");
        }
        known.lastWindow = window.start();
        Span span = span(window.start());
        Map<Integer, List<Observation>> parts = parts(window, true);
        Map<Integer, Outcomes> outcomes = outcomes(window);
        List<Profile> written = new ArrayList<>();
        Set<Integer> touched = new TreeSet<>(parts.keySet());
        touched.addAll(outcomes.keySet());
        for (int index : touched) {
            Scope scope = scope(index);
            List<Observation> events = parts.getOrDefault(index, List.of());
            Outcomes became = outcomes.getOrDefault(index, new Outcomes());
            Summary summary = work(scope, events, became, span);
            if (!events.isEmpty()) {
                scope.lastEvent = span.end;
            }
            written.add(profiles.of(
                    scope, known.label(index), span, summary, became, watching.mapsThreshold(scope), false));
            save(scope);
        }
        stale(span, touched);
        known.save(memory);
        return new Findings(written, span.alerts, span.references);
    }

    /** Profiles of a window that is still open. Changes nothing. */
    public List<Profile> provisional(Window window) {
        Span span = span(window.start());
        Map<Integer, List<Observation>> parts = parts(window, false);
        Map<Integer, Outcomes> outcomes = outcomes(window);
        Set<Integer> touched = new TreeSet<>(parts.keySet());
        touched.addAll(outcomes.keySet());
        List<Profile> written = new ArrayList<>();
        for (int index : touched) {
            Scope scope = scope(index);
            written.add(profiles.of(
                    scope,
                    known.label(index),
                    span,
                    summary(scope, parts.getOrDefault(index, List.of())),
                    outcomes.getOrDefault(index, new Outcomes()),
                    watching.mapsThreshold(scope),
                    true));
        }
        return written;
    }

    /**
     * Profiles of events that came after their window was closed; no detector sees them.
     *
     * @param published the profiles of that window as they were published, in which they are to be counted
     * @param late what came late
     */
    public List<Profile> late(List<Profile> published, Window late) {
        Map<Integer, Profile> before = new TreeMap<>();
        published.forEach(profile -> before.put(profile.getClassIndex(), profile));
        List<Profile> written = new ArrayList<>();
        for (Profile profile : provisional(late)) {
            written.add(profiles.late(before.get(profile.getClassIndex()), profile));
        }
        return written;
    }

    /**
     * Obeys a record of the topic of references: another reference, an answer, a request. What the monitor itself wrote
     * changes nothing. It holds from the next window on.
     *
     * @throws IllegalArgumentException if it is of another model or method, or lacks what a reference needs
     */
    public Findings take(ReferenceEntry entry) {
        if (!entry.getModel().getSha256().equals(model.getSha256())
                || !entry.getMethod().equals(method)) {
            throw new IllegalArgumentException("the reference is of model "
                    + entry.getModel().getName() + " " + entry.getModel().getVersion() + " ("
                    + entry.getModel().getSha256() + ") explained by "
                    + entry.getMethod().getName() + " " + entry.getMethod().getVersion() + ", not of "
                    + model.getName() + " " + model.getVersion() + " (" + model.getSha256() + ") explained by "
                    + method.getName() + " " + method.getVersion() + "; make one with this model");
        }
        long end = entry.getTime().toEpochMilli();
        Span span = new Span(end, end);
        int index = entry.getClassIndex();
        Object body = entry.getBody();
        Scope scope = scope(index >= 0 ? known.scope(index, entry.getLabel(), settings.classes()) : index);
        if (body instanceof LearnedReference reference) {
            adopt(scope, reference, span);
        } else if (body instanceof Verdict verdict) {
            answer(scope, verdict, span);
        } else if (body instanceof ReferenceRequest request && !request.getId().equals(scope.request)) {
            scope.request = request.getId();
            relearn(scope, span, "reference");
        }
        save(scope);
        known.save(memory);
        return new Findings(List.of(), span.alerts, span.references);
    }

    /**
     * Says what has become stale, where no window comes any more.
     *
     * @param now milliseconds since 1970
     */
    public Findings idle(long now) {
        Span span = new Span(now, now);
        stale(span, Set.of());
        known.save(memory);
        return new Findings(List.of(), span.alerts, span.references);
    }

    private Summary work(Scope scope, List<Observation> events, Outcomes outcomes, Span span) {
        Baseline baseline = scope.baseline();
        Watch maps = scope.maps();
        Summary summary;
        boolean news = false;
        if (baseline == null || maps == null) {
            summary = summary(scope, events);
            learn(scope, events);
            if (scope.whole()) {
                scope.learner.rates().add(Watching.rates(summary, outcomes));
            }
            news = ready(scope);
        } else {
            summary = watching.maps(scope, baseline, maps, events, span);
            Watch shares = scope.shares();
            if (shares != null) {
                watching.shares(baseline, shares, events, span);
                watching.rates(baseline, scope.rates(), Watching.rates(summary, outcomes), events, span);
            }
            if (!scope.whole()) {
                sample(scope, events);
            }
        }
        watching.groups(scope, events, span);
        if ((news && !scope.whole()) || Shortcuts.due(scope)) {
            news |= shortcuts.search(scope, span);
        }
        if (news && scope.baseline() != null) {
            publish(scope, span);
        }
        return summary;
    }

    private Summary summary(Scope scope, List<Observation> events) {
        Baseline baseline = scope.baseline();
        Summary summary = new Summary();
        for (Observation event : events) {
            if (!event.map().blind()) {
                measure.measure(
                        event.map(), event.confidence(), baseline == null ? null : baseline.landmarks(), features);
            }
            summary.add(event, features);
        }
        return summary;
    }

    private void learn(Scope scope, List<Observation> events) {
        for (Observation event : events) {
            if (!event.map().blind()) {
                scope.newMaps += scope.reservoir.add(event) ? 1 : 0;
                scope.learner.add(event, () -> scope.reservoir.maps().stream()
                        .map(SampledMap::map)
                        .toList());
            }
        }
        known.learned(scope.index, scope.learned());
    }

    private static void sample(Scope scope, List<Observation> events) {
        for (Observation event : events) {
            if (!event.map().blind()) {
                scope.newMaps += scope.reservoir.add(event) ? 1 : 0;
            }
        }
    }

    private boolean ready(Scope scope) {
        if (!scope.learner.ready()) {
            return false;
        }
        known.references++;
        ReferenceRules rules = scope.whole() ? settings.modelRules() : settings.classRules();
        scope.compareWith(scope.learner.baseline(rules, ReferenceOrigin.STREAM, known.references, scope.whole()));
        scope.learner = new Learner(wanted(scope.index));
        return true;
    }

    private void adopt(Scope scope, LearnedReference reference, Span span) {
        Baseline before = scope.baseline();
        if (before != null && before.id().equals(reference.getId())) {
            return;
        }
        Baseline adopted = BaselineRecords.baseline(reference);
        watching.end(scope, span, "reference");
        scope.learn(wanted(scope.index));
        scope.compareWith(adopted);
        known.references++;
        known.learned(scope.index, adopted.events());
    }

    private void answer(Scope scope, Verdict verdict, Span span) {
        String group =
                verdict.getGroupId().isEmpty() ? Shortcuts.groupOf(scope, verdict.getAlertId()) : verdict.getGroupId();
        if (shortcuts.answer(scope, group, verdict.getKind(), span)) {
            if (scope.baseline() != null) {
                publish(scope, span);
            }
        } else if (verdict.getKind() == VerdictKind.LEGITIMATE
                && watching.end(scope, verdict.getAlertId(), span, "verdict")) {
            relearn(scope, span, "verdict");
        }
    }

    private void relearn(Scope scope, Span span, String because) {
        watching.end(scope, span, because);
        scope.learn(wanted(scope.index));
        known.learned(scope.index, 0);
    }

    private void publish(Scope scope, Span span) {
        Baseline baseline = scope.baseline();
        if (baseline != null) {
            span.references.add(new ReferenceEntry(
                    model,
                    method,
                    scope.index,
                    known.label(scope.index),
                    Instant.ofEpochMilli(span.end),
                    BaselineRecords.record(
                            baseline,
                            known.labels(),
                            scope.groups.list().stream().map(Group::record).toList())));
        }
    }

    private void stale(Span span, Set<Integer> touched) {
        for (int index : List.copyOf(known.alerted)) {
            if (!touched.contains(index)) {
                Scope scope = scope(index);
                watching.stale(scope, span);
                save(scope);
            }
        }
    }

    private Scope scope(int index) {
        Scope scope = scopes.load(index);
        return scope == null ? new Scope(index, new Learner(wanted(index)), new Reservoir()) : scope;
    }

    private void save(Scope scope) {
        if (scope.alerted()) {
            known.alerted.add(scope.index);
        } else {
            known.alerted.remove(scope.index);
        }
        scopes.save(scope);
    }

    private int wanted(int index) {
        return index == Scope.ALL ? settings.modelReference() : settings.classReference();
    }

    /**
     * The events of each scope in order.
     *
     * @param note whether to take note of classes that are new
     */
    private Map<Integer, List<Observation>> parts(Window window, boolean note) {
        Map<Integer, List<Observation>> parts = new TreeMap<>();
        List<Observation> sorted = window.observations().stream().sorted().toList();
        if (!sorted.isEmpty()) {
            parts.put(Scope.ALL, sorted);
        }
        for (Observation event : sorted) {
            int most = settings.classes();
            int scope = note
                    ? known.scope(event.classIndex(), event.label(), most)
                    : known.scopeOf(event.classIndex(), most);
            parts.computeIfAbsent(scope, index -> new ArrayList<>()).add(event);
        }
        return parts;
    }

    private Map<Integer, Outcomes> outcomes(Window window) {
        Map<Integer, Outcomes> outcomes = new TreeMap<>();
        window.outcomes().forEach((classIndex, counted) -> {
            outcomes.computeIfAbsent(Scope.ALL, index -> new Outcomes()).add(counted);
            if (classIndex >= 0) {
                outcomes.computeIfAbsent(known.scopeOf(classIndex, settings.classes()), index -> new Outcomes())
                        .add(counted);
            }
        });
        return outcomes;
    }

    private Span span(long start) {
        return new Span(start, start + settings.window().toMillis());
    }

    private String alertId(String particular) {
        return Sha256.hex(model.getSha256() + "/" + method + "/" + particular).substring(0, ID);
    }
}
