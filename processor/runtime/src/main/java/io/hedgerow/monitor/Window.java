package io.hedgerow.monitor;

import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import java.util.List;
import java.util.Map;

/**
 * What came of one model in one window of event time, in any order.
 *
 * @param start event time at which it begins, milliseconds since 1970, a multiple of its length
 * @param observations maps of explained events
 * @param outcomes what became of events, by index of the class that was logged or decided, −1 where neither is known
 */
public record Window(long start, List<Observation> observations, Map<Integer, Outcomes> outcomes) {
    // RATIONALE: Why does monitoring hold a window's maps, not only their sums?
}
