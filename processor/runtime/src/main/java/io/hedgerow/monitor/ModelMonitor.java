package io.hedgerow.monitor;

import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.digest.Sha256;
import io.hedgerow.monitor.detect.Budget;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.MapFeatures;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import io.hedgerow.monitor.profile.Summary;
import io.hedgerow.monitor.reference.Baseline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
    private final Scopes scopes;
    private final Drifts drifts;
    private final Shortcuts shortcuts;
    private final References references;
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
        scopes = new Scopes(settings, known, memory);
        AlertWriter writer = new AlertWriter(model, method);
        double windows = (double) settings.falseAlarmInterval().toMillis()
                / settings.window().toMillis();
        drifts = new Drifts(
                new Budget(windows, settings.models()),
                known,
                new Revisions(settings, writer, this::alertId),
                settings.audited());
        shortcuts = new Shortcuts(settings, known, writer, this::alertId);
        references = new References(model, method, settings, known, scopes, drifts, shortcuts);
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
        Span span = Span.of(window, settings.window());
        ScopedWindow scoped = ScopedWindow.of(window, known, settings.classes(), true);
        List<Profile> written = new ArrayList<>();
        Set<Integer> touched = scoped.scopes();
        for (int index : touched) {
            Scope scope = scopes.get(index);
            Outcomes outcomes = scoped.outcomes(index);
            Summary summary = work(scope, scoped.events(index), outcomes, span);
            if (!scoped.events(index).isEmpty()) {
                scope.lastEvent = span.end;
            }
            written.add(profiles.of(
                    scope, known.label(index), span, summary, outcomes, drifts.mapsThreshold(scope), false));
            scopes.save(scope);
        }
        stale(span, touched);
        known.save(memory);
        return new Findings(written, span.alerts, span.references);
    }

    /** Profiles of a window that is still open. Changes nothing. */
    public List<Profile> provisional(Window window) {
        Span span = Span.of(window, settings.window());
        ScopedWindow scoped = ScopedWindow.of(window, known, settings.classes(), false);
        List<Profile> written = new ArrayList<>();
        for (int index : scoped.scopes()) {
            Scope scope = scopes.get(index);
            written.add(profiles.of(
                    scope,
                    known.label(index),
                    span,
                    summary(scope, scoped.events(index)),
                    scoped.outcomes(index),
                    drifts.mapsThreshold(scope),
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
        references.check(entry);
        long end = entry.getTime().toEpochMilli();
        Span span = new Span(end, end);
        int index = entry.getClassIndex();
        Scope scope = scopes.get(index >= 0 ? known.scope(index, entry.getLabel(), settings.classes()) : index);
        references.take(scope, entry.getBody(), span);
        scopes.save(scope);
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
            references.learn(scope, events);
            if (scope.whole()) {
                scope.learner.rates().add(RateDrift.counted(summary, outcomes, settings.audited()));
            }
            news = references.ready(scope);
        } else {
            summary = drifts.step(scope, baseline, maps, events, outcomes, span);
            if (!scope.whole()) {
                References.sample(scope, events);
            }
        }
        drifts.stepGroups(scope, events, span);
        if ((news && !scope.whole()) || Shortcuts.due(scope)) {
            news |= shortcuts.search(scope, span);
        }
        if (news && scope.baseline() != null) {
            references.publish(scope, span);
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

    private void stale(Span span, Set<Integer> touched) {
        for (int index : List.copyOf(known.alerted)) {
            if (!touched.contains(index)) {
                Scope scope = scopes.get(index);
                drifts.stale(scope, span);
                scopes.save(scope);
            }
        }
    }

    private String alertId(String particular) {
        return Sha256.hex(model.getSha256() + "/" + method + "/" + particular).substring(0, ID);
    }
}
