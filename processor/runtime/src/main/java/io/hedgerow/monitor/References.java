package io.hedgerow.monitor;

import io.hedgerow.ExplainedModel;
import io.hedgerow.LearnedReference;
import io.hedgerow.Method;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceOrigin;
import io.hedgerow.ReferenceRequest;
import io.hedgerow.Verdict;
import io.hedgerow.VerdictKind;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.reference.BaselineRecords;
import io.hedgerow.monitor.reference.Limits;
import io.hedgerow.monitor.reference.Rate;
import io.hedgerow.monitor.reference.Rates;
import io.hedgerow.monitor.reference.ReferenceRules;
import io.hedgerow.monitor.shortcut.Group;
import io.hedgerow.monitor.shortcut.SampledMap;
import java.time.Instant;
import java.util.List;

/** References of a model: learned from its stream, adopted, answered about and given up. Not thread-safe. */
final class References {
    /** Independent events that a preliminary reference counts for at least: fewer are a few scenes. */
    private static final double ENOUGH = ReferenceRules.LEAST / 2.0;

    private final ExplainedModel model;
    private final Method method;
    private final MonitorSettings settings;
    private final Known known;
    private final Scopes scopes;
    private final Drifts drifts;
    private final Shortcuts shortcuts;

    References(
            ExplainedModel model,
            Method method,
            MonitorSettings settings,
            Known known,
            Scopes scopes,
            Drifts drifts,
            Shortcuts shortcuts) {
        this.model = model;
        this.method = method;
        this.settings = settings;
        this.known = known;
        this.scopes = scopes;
        this.drifts = drifts;
        this.shortcuts = shortcuts;
    }

    /** Learns from a window's events. */
    void learn(Scope scope, List<Observation> events) {
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

    /** Adds to the sample of a scope that has a reference. */
    static void sample(Scope scope, List<Observation> events) {
        for (Observation event : events) {
            if (!event.map().blind()) {
                scope.newMaps += scope.reservoir.add(event) ? 1 : 0;
            }
        }
    }

    /**
     * Learns on from a window's events while they are compared with a preliminary reference; what may have changed is not what
     * is well.
     *
     * @param suspectSince event time since which things may be different
     * @return whether another reference has taken over
     */
    boolean learnOn(Scope scope, List<Observation> events, long suspectSince) {
        if (suspectSince < Long.MAX_VALUE) {
            scope.learner.forget(suspectSince);
            known.learned(scope.index, scope.learned());
            sample(scope, events);
            return false;
        }
        learn(scope, events);
        return ready(scope);
    }

    /** Compares with what was learned from now on, if that is enough, or enough to begin with; says whether it is. */
    boolean ready(Scope scope) {
        boolean full = scope.learner.ready();
        if (!full && !(scope.baseline() == null && scope.learner.started())) {
            return false;
        }
        ReferenceRules rules = scope.whole() ? settings.modelRules() : settings.classRules();
        Baseline learned = scope.learner.baseline(rules, ReferenceOrigin.STREAM, known.references + 1, scope.whole());
        if (!full && learned.independentEvents() < ENOUGH) {
            return false;
        }
        known.references++;
        scope.compareWith(learned);
        if (full) {
            Rates rates = scope.learner.rates();
            scope.learner = scopes.learner(scope.index);
            scope.learner.rates().add(rates);
        }
        return true;
    }

    /**
     * Goes on learning how often evidence matters, where a reference has seen too few sampled events to say.
     *
     * @return whether it can be said from now on
     */
    boolean refine(Scope scope, Baseline baseline, Rates counted) {
        Rates learned = scope.learner.rates();
        Limits limits = baseline.rates();
        int at = Rate.FAITHFULNESS.place();
        if (limits == null
                || learned.tellFaithfulness()
                || !Rates.saysNothing(limits.low()[at])
                || scope.rates().get(at).open() != null) {
            return false;
        }
        learned.add(counted);
        if (!learned.tellFaithfulness()) {
            return false;
        }
        known.references++;
        scope.compareWith(
                baseline,
                learned.refined(limits, settings.modelRules(), known.references, baseline.dependence()),
                Rate.FAITHFULNESS);
        return true;
    }

    /**
     * Checks that a record of the topic of references is of this model and method.
     *
     * @throws IllegalArgumentException if it is of others
     */
    void check(ReferenceEntry entry) {
        if (!entry.getModel().getSha256().equals(model.getSha256())
                || !entry.getMethod().equals(method)) {
            throw new IllegalArgumentException("the reference is of model "
                    + entry.getModel().getName() + " " + entry.getModel().getVersion() + " ("
                    + entry.getModel().getSha256() + ") explained by "
                    + entry.getMethod().getName() + " " + entry.getMethod().getVersion() + ", not of "
                    + model.getName() + " " + model.getVersion() + " (" + model.getSha256() + ") explained by "
                    + method.getName() + " " + method.getVersion() + "; make one with this model");
        }
    }

    /**
     * Obeys a record of the topic of references.
     *
     * @throws IllegalArgumentException if it lacks what a reference needs
     */
    void take(Scope scope, Object body, Span span) {
        if (body instanceof LearnedReference reference) {
            adopt(scope, reference, span);
        } else if (body instanceof Verdict verdict) {
            answer(scope, verdict, span);
        } else if (body instanceof ReferenceRequest request && !request.getId().equals(scope.request)) {
            scope.request = request.getId();
            relearn(scope, span, "reference");
        }
    }

    /** Writes the scope's reference, if there is one, with its groups and answers as they are now. */
    void publish(Scope scope, Span span) {
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

    private void adopt(Scope scope, LearnedReference reference, Span span) {
        Baseline before = scope.baseline();
        // a preliminary one is of use only to who learns on
        if (reference.getPreliminary() || (before != null && before.id().equals(reference.getId()))) {
            return;
        }
        Baseline adopted = BaselineRecords.baseline(reference);
        drifts.end(scope, span, "reference");
        scope.learn(scopes.learner(scope.index));
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
                && drifts.end(scope, verdict.getAlertId(), span, "verdict")) {
            relearn(scope, span, "verdict");
        }
    }

    private void relearn(Scope scope, Span span, String because) {
        drifts.end(scope, span, because);
        scope.learn(scopes.learner(scope.index));
        known.learned(scope.index, 0);
    }
}
