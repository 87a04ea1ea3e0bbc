package io.hedgerow.monitor;

import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What came in a window, by scope.
 *
 * @param events of each scope, in order
 * @param outcomes of each scope
 */
record ScopedWindow(Map<Integer, List<Observation>> events, Map<Integer, Outcomes> outcomes) {
    /**
     * Sorts a window's events and outcomes by scope.
     *
     * @param most classes that have scopes of their own
     * @param note whether to take note of classes that are new
     */
    static ScopedWindow of(Window window, Known known, int most, boolean note) {
        Map<Integer, List<Observation>> events = new TreeMap<>();
        List<Observation> sorted = window.observations().stream().sorted().toList();
        if (!sorted.isEmpty()) {
            events.put(Scope.ALL, sorted);
        }
        for (Observation event : sorted) {
            int scope = note
                    ? known.scope(event.classIndex(), event.label(), most)
                    : known.scopeOf(event.classIndex(), most);
            events.computeIfAbsent(scope, index -> new ArrayList<>()).add(event);
        }
        Map<Integer, Outcomes> outcomes = new TreeMap<>();
        window.outcomes().forEach((classIndex, counted) -> {
            outcomes.computeIfAbsent(Scope.ALL, index -> new Outcomes()).add(counted);
            if (classIndex >= 0) {
                outcomes.computeIfAbsent(known.scopeOf(classIndex, most), index -> new Outcomes())
                        .add(counted);
            }
        });
        return new ScopedWindow(events, outcomes);
    }

    /** Scopes of which something came, those of all classes first. */
    Set<Integer> scopes() {
        Set<Integer> scopes = new TreeSet<>(events.keySet());
        scopes.addAll(outcomes.keySet());
        return scopes;
    }

    List<Observation> events(int scope) {
        return events.getOrDefault(scope, List.of());
    }

    Outcomes outcomes(int scope) {
        return outcomes.getOrDefault(scope, new Outcomes());
    }
}
