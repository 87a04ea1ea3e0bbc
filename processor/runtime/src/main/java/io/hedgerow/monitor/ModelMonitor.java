package io.hedgerow.monitor;

import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.digest.Sha256;
import io.hedgerow.monitor.detect.Budget;
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
    private final References references;
    private final ScopeWindows windows;
    private final ProfileWriter profiles;
    private long idle = Long.MIN_VALUE;

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
        double interval = (double) settings.falseAlarmInterval().toMillis()
                / settings.window().toMillis();
        drifts = new Drifts(
                new Budget(interval, settings.models()),
                known,
                new Revisions(settings, writer, this::alertId),
                settings.audited());
        Shortcuts shortcuts = new Shortcuts(settings, known, writer, this::alertId);
        references = new References(model, method, settings, known, scopes, drifts, shortcuts);
        windows = new ScopeWindows(references, drifts, shortcuts, settings.audited());
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
            Summary summary = windows.work(scope, scoped.events(index), outcomes, span);
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
                    windows.summary(scope, scoped.events(index)),
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
     * Says what has become stale, where no window comes any more: alerts, and once the reference of all classes together, by
     * a profile of no event.
     *
     * @param now milliseconds since 1970
     */
    public Findings idle(long now) {
        Span span = new Span(now, now);
        stale(span, Set.of());
        known.save(memory);
        Scope whole = scopes.get(Scope.ALL);
        long staleAt = whole.staleAt(settings.staleAfter().toMillis());
        boolean news = idle < staleAt && staleAt <= now;
        idle = now;
        return new Findings(
                news ? List.of(profiles.quiet(whole, staleAt, drifts.mapsThreshold(whole))) : List.of(),
                span.alerts,
                span.references);
    }

    /**
     * Event time of the last event that the reference of all classes together was learned from, in milliseconds since 1970;
     * {@link Long#MIN_VALUE} without a reference.
     */
    public long referenceTo() {
        Baseline baseline = scopes.get(Scope.ALL).baseline();
        return baseline == null ? Long.MIN_VALUE : baseline.to();
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
