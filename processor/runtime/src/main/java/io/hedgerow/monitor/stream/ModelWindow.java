package io.hedgerow.monitor.stream;

import io.hedgerow.AuditStatus;
import io.hedgerow.OutcomeCounts;
import io.hedgerow.monitor.Window;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of one model in a window, put together of partials. */
final class ModelWindow {
    private final List<Observation> observations = new ArrayList<>();
    private final Map<Integer, Outcomes> outcomes = new HashMap<>();
    private final Map<String, Frame> frames = new HashMap<>();

    /** Sorts what came of a window by model. Models that are new get a monitor; what belongs to none is left out. */
    static Map<Monitors.Monitored, ModelWindow> of(List<Partial.Body> bodies, Monitors monitors) {
        Map<Monitors.Monitored, ModelWindow> windows = new LinkedHashMap<>();
        for (Partial.Body body : bodies) {
            if (body instanceof Partial.Seen seen) {
                windows.computeIfAbsent(monitors.of(seen.model()), unused -> new ModelWindow())
                        .add(seen);
            }
        }
        for (Partial.Body body : bodies) {
            if (body instanceof Partial.Became became) {
                Monitors.Monitored meant = monitors.of(became);
                if (meant != null) {
                    windows.computeIfAbsent(meant, unused -> new ModelWindow()).add(became);
                }
            }
        }
        return windows;
    }

    /** As a monitor takes it. */
    Window window(long start) {
        return new Window(start, observations, outcomes);
    }

    /** Whether anything was explained. */
    boolean explained() {
        return !observations.isEmpty();
    }

    /** Maps by their events' ids. */
    Map<String, Observation> maps() {
        Map<String, Observation> maps = new HashMap<>();
        observations.forEach(one -> maps.put(one.eventId(), one));
        return maps;
    }

    /** Where maps lie on their pictures, by their events' ids. */
    Map<String, Frame> frames() {
        return frames;
    }

    private void add(Partial.Seen seen) {
        observations.add(seen.observation());
        frames.put(seen.observation().eventId(), seen.frame());
        if (seen.counts()) {
            counts(seen.observation().classIndex()).add(AuditStatus.EXPLAINED, seen.agreement(), -1);
        }
    }

    private void add(Partial.Became became) {
        count(counts(became.classIndex()), became);
    }

    /** Counts an outcome, which may be that of many events that expired. */
    static void count(Outcomes counts, Partial.Became became) {
        if (became.events() == 1) {
            counts.add(became.status(), became.agreement(), became.latencyMillis());
        } else {
            counts.add(Outcomes.of(
                    OutcomeCounts.newBuilder().setExpired(became.events()).build(), List.of()));
        }
    }

    private Outcomes counts(int classIndex) {
        return outcomes.computeIfAbsent(classIndex, unused -> new Outcomes());
    }
}
