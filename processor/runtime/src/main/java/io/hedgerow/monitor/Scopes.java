package io.hedgerow.monitor;

import io.hedgerow.monitor.reference.Learner;
import io.hedgerow.monitor.shortcut.Reservoir;

/** The scopes of a model, each as it was kept or new, and which of them have alerts open. Not thread-safe. */
final class Scopes {
    private final MonitorSettings settings;
    private final Known known;
    private final ScopeStore store;

    Scopes(MonitorSettings settings, Known known, Memory memory) {
        this.settings = settings;
        this.known = known;
        store = new ScopeStore(memory);
    }

    /** The scope of that index. */
    Scope get(int index) {
        Scope scope = store.load(index);
        return scope == null ? new Scope(index, learner(index), new Reservoir()) : scope;
    }

    /** Keeps a scope. */
    void save(Scope scope) {
        if (scope.alerted()) {
            known.alerted.add(scope.index);
        } else {
            known.alerted.remove(scope.index);
        }
        store.save(scope);
    }

    /** What learns a reference of the scope; those of single classes take long, and are learned in stages. */
    Learner learner(int index) {
        return index == Scope.ALL
                ? new Learner(settings.modelReference())
                : Learner.inStages(settings.classReference());
    }
}
