package io.hedgerow.monitor.reference;

import io.hedgerow.ReferenceOrigin;
import io.hedgerow.monitor.profile.Landmarks;
import org.jspecify.annotations.Nullable;

/**
 * A reference that is ready: what a class, or all together, looked like while all was well. Immutable.
 *
 * @param id names it: the same events make the same name
 * @param origin where it comes from
 * @param events explanations that it was learned from
 * @param from event time of the first, milliseconds since 1970
 * @param to event time of the last
 * @param sources sources of images that they came from
 * @param dependence events that count as one, at least 1
 * @param tolerance smallest change that matters
 * @param risk chance that one limit is wrong
 * @param preliminary whether it is to be replaced by one from more explanations
 * @param landmarks what maps are measured against
 * @param limits of the features of maps
 * @param shares of classes; null for the reference of a single class
 * @param rates limits of {@link Rate}s in their order; null for the reference of a single class
 */
public record Baseline(
        String id,
        ReferenceOrigin origin,
        long events,
        long from,
        long to,
        int sources,
        double dependence,
        double tolerance,
        double risk,
        boolean preliminary,
        Landmarks landmarks,
        Limits limits,
        @Nullable Shares shares,
        @Nullable Limits rates) {
    /** How many independent events they count for. */
    public double independentEvents() {
        return events / dependence;
    }

    /** The same with other limits of rates. */
    public Baseline withRates(Limits others) {
        return new Baseline(
                id,
                origin,
                events,
                from,
                to,
                sources,
                dependence,
                tolerance,
                risk,
                preliminary,
                landmarks,
                limits,
                shares,
                others);
    }
}
