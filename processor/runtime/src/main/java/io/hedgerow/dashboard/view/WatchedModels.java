package io.hedgerow.dashboard.view;

import io.hedgerow.ExplainedModel;
import io.hedgerow.LearnedReference;
import io.hedgerow.Method;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All models that are monitored, first seen first, within what may be remembered of them. Guarded by its view. */
final class WatchedModels {
    private static final int MOST_WINDOWS = 40_000;
    private static final int MOST_SCOPES = 10_000;
    private static final int LEAST_WINDOWS = 12;

    private final Map<String, WatchedModel> models = new LinkedHashMap<>();
    private int scopes;

    /** Takes a profile in place of the one before of its window; whether there is room for it. */
    boolean add(Profile profile) {
        Scope scope = scope(profile.getModel(), profile.getMethod(), profile.getClassIndex());
        if (scope != null) {
            scope.add(profile, Math.max(LEAST_WINDOWS, MOST_WINDOWS / Math.max(1, scopes)));
        }
        return scope != null;
    }

    void learn(ReferenceEntry entry, LearnedReference learned) {
        Scope scope = scope(entry.getModel(), entry.getMethod(), entry.getClassIndex());
        if (scope != null) {
            scope.learn(entry.getLabel(), learned);
        }
    }

    @Nullable
    WatchedModel find(String key) {
        return models.get(key);
    }

    /** A model by its record's names. */
    @Nullable
    WatchedModel find(ExplainedModel model, Method method) {
        return models.get(ModelNames.key(model, method));
    }

    Collection<WatchedModel> all() {
        return models.values();
    }

    /** Events a second over all models and instances. */
    double rate(long now) {
        return models.values().stream().mapToDouble(model -> model.rate(now)).sum();
    }

    /**
     * What became of events in windows that begin from {@code from} on and before {@code to}; empty if none are remembered.
     *
     * @param pending events that wait to be read
     */
    Optional<Account> account(long from, long to, long pending) {
        Totals totals = new Totals(false);
        long since = Long.MAX_VALUE;
        for (WatchedModel model : models.values()) {
            for (ProfileWindow window : model.whole().history.between(from, to)) {
                totals.add(window);
                since = Math.min(since, window.start());
            }
        }
        return since == Long.MAX_VALUE ? Optional.empty() : Optional.of(Account.of(totals, pending, since));
    }

    private @Nullable Scope scope(ExplainedModel model, Method method, int classIndex) {
        WatchedModel watched =
                models.computeIfAbsent(ModelNames.key(model, method), unused -> new WatchedModel(model, method));
        Scope known = watched.find(classIndex);
        if (known != null || scopes >= MOST_SCOPES) {
            return known;
        }
        scopes++;
        return watched.scope(classIndex);
    }
}
