package io.hedgerow.monitor.simulation;

import io.hedgerow.ReferenceOrigin;
import io.hedgerow.monitor.detect.Bets;
import io.hedgerow.monitor.detect.WindowSums;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.MapFeatures;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.reference.Learner;
import io.hedgerow.monitor.reference.ReferenceRules;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Maps that a reference was learned from, and the bets of others against it, computed once. */
final class Pool {
    final Baseline baseline;
    final Bets bets;

    Pool(Baseline baseline) {
        this.baseline = baseline;
        bets = new Bets(baseline.limits());
    }

    /**
     * Learned from maps in order.
     *
     * @param z distance of the limits in standard errors; 0 for the usual risk
     * @param dependence 0 to measure it
     */
    static Pool learned(List<Grid> maps, double tolerance, double z, double dependence) {
        Learner learner = new Learner(maps.size());
        for (int at = 0; at < maps.size(); at++) {
            int half = at + 1;
            learner.add(
                    new Observation(
                            "event-" + at, at, "", null, 0, "", maps.get(at), 0, Float.NaN, Float.NaN, Float.NaN),
                    () -> maps.subList(0, half));
        }
        double risk = z == 0 ? ReferenceRules.USUAL_RISK : tail(z) * 2 * 2 * (Features.COUNT - 1);
        ReferenceRules rules = new ReferenceRules(maps.size(), tolerance, 0.05, dependence, risk, Double.NaN);
        return new Pool(learner.baseline(rules, ReferenceOrigin.STREAM, 1, false));
    }

    /** The logarithms of each map's bets. */
    long[][] logs(List<Grid> maps) {
        MapFeatures measure = new MapFeatures();
        double[] features = new double[Features.COUNT];
        long[][] logs = new long[maps.size()][];
        for (int at = 0; at < logs.length; at++) {
            measure.measure(maps.get(at), Double.NaN, baseline.landmarks(), features);
            WindowSums sums = new WindowSums(bets);
            sums.add(bets, features, null);
            logs[at] = sums.logs();
        }
        return logs;
    }

    static void add(long[] event, long[] sums) {
        for (int at = 0; at < sums.length; at++) {
            sums[at] += event[at];
        }
    }

    private static double tail(double z) {
        return new NormalDistribution().cumulativeProbability(-z);
    }
}
