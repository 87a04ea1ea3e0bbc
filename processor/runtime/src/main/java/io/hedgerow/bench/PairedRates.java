package io.hedgerow.bench;

import java.util.List;

/**
 * What devices reached without a part of the process and with it.
 *
 * @param plainPerSecond images a second without it
 * @param otherPerSecond with it
 * @param otherToPlain the quotient
 */
public record PairedRates(double plainPerSecond, double otherPerSecond, Quotient otherToPlain) {
    /** Takes the medians of several pairs, each for itself. */
    static PairedRates median(List<PairedRates> pairs) {
        return new PairedRates(
                Medians.of(pairs, PairedRates::plainPerSecond),
                Medians.of(pairs, PairedRates::otherPerSecond),
                Quotient.median(pairs.stream().map(PairedRates::otherToPlain).toList()));
    }
}
