package io.hedgerow.bench;

import io.hedgerow.device.Median;
import java.util.List;

/**
 * A quotient that was measured.
 *
 * @param value the quotient; not a number if it could not be measured
 * @param standardError how far it lies from the truth, as a rule: in two of three cases no farther
 */
public record Quotient(double value, double standardError) {
    /** A median of many scatters wider than their mean. */
    private static final double MEDIAN_TO_MEAN = Math.sqrt(Math.PI / 2);

    /** Of two rates. */
    static Quotient of(DeviceRate upper, DeviceRate lower) {
        double value = upper.perSecond() / lower.perSecond();
        double relative =
                Math.hypot(upper.standardError() / upper.perSecond(), lower.standardError() / lower.perSecond());
        return new Quotient(value, value * relative);
    }

    /** The median of several, at least one; how they differ may say more of the error than what each knows of its own. */
    static Quotient median(List<Quotient> quotients) {
        double[] values = quotients.stream().mapToDouble(Quotient::value).toArray();
        int count = values.length;
        double own = 0;
        double between = 0;
        double median = Median.of(values);
        for (Quotient quotient : quotients) {
            own += quotient.standardError * quotient.standardError / count;
            between += (quotient.value - median) * (quotient.value - median) / Math.max(1, count - 1);
        }
        double wider = count > 2 ? MEDIAN_TO_MEAN : 1;
        return new Quotient(median, wider * Math.sqrt(Math.max(own, between) / count));
    }
}
