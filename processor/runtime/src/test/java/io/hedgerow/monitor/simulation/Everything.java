package io.hedgerow.monitor.simulation;

import io.hedgerow.ReferenceOrigin;
import io.hedgerow.monitor.RecordedMaps;
import io.hedgerow.monitor.detect.Bets;
import io.hedgerow.monitor.detect.Budget;
import io.hedgerow.monitor.detect.Detector;
import io.hedgerow.monitor.detect.WindowSums;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.reference.Learner;
import io.hedgerow.monitor.reference.ReferenceRules;
import io.hedgerow.monitor.reference.Shares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** A model with many classes on a quiet stream, and all its detectors. */
final class Everything {
    private static final int EVENTS = 200;
    private static final int REFERENCE = 300;

    private final Budget budget;
    private final int classes;
    private final int learned;
    private final SplittableRandom random;
    private final double[] cumulative;
    private final List<Pool> pools = new ArrayList<>();
    private final List<long[][]> logs = new ArrayList<>();
    private final List<long[][]> modelLogs = new ArrayList<>();
    private final Pool model;
    private final Shares shares;
    private final double dependence;

    /**
     * A model and its references.
     *
     * @param learned maps that the reference of each class is learned from
     */
    Everything(RecordedMaps recorded, Budget budget, int classes, int learned, long seed) {
        this.budget = budget;
        this.classes = classes;
        this.learned = learned;
        random = new SplittableRandom(seed);
        cumulative = zipf(classes);
        List<List<Grid>> streams = new ArrayList<>();
        for (String label : RecordedMaps.CLASSES) {
            List<Grid> maps = Simulations.shuffled(recorded.of(label), seed);
            Pool pool = Pool.learned(maps.subList(0, learned), 0.02, 0, 1);
            streams.add(maps.subList(REFERENCE, maps.size()));
            pools.add(pool);
            logs.add(pool.logs(maps.subList(REFERENCE, maps.size())));
        }
        Learner learner = new Learner(REFERENCE);
        List<Grid> seen = new ArrayList<>();
        for (int event = 0; event < REFERENCE; event++) {
            int classIndex = draw();
            List<Grid> maps = streams.get(classIndex % streams.size());
            seen.add(maps.get(random.nextInt(maps.size())));
            learner.add(
                    new Observation(
                            "event-" + event,
                            event,
                            "",
                            null,
                            classIndex,
                            "",
                            seen.get(event),
                            0,
                            Float.NaN,
                            Float.NaN,
                            Float.NaN),
                    () -> List.copyOf(seen));
        }
        ReferenceRules rules = new ReferenceRules(REFERENCE, 0.02, 0.05, 0, ReferenceRules.USUAL_RISK, Double.NaN);
        Baseline baseline = learner.baseline(rules, ReferenceOrigin.STREAM, 1, true);
        dependence = baseline.dependence();
        shares = Objects.requireNonNull(baseline.shares());
        model = new Pool(baseline);
        streams.forEach(maps -> modelLogs.add(model.logs(maps)));
    }

    /** False alarms of the model's maps, of shares and of classes' maps in so many windows; a detector that has alarmed begins anew. */
    int[] alarms(int windows) {
        int[] alarms = new int[3];
        Detector ofModel = new Detector(model.bets);
        Bets shareBets = new Bets(shares.limits());
        Detector ofShares = new Detector(shareBets);
        Detector[] ofClasses = new Detector[classes];
        long weights = (long) classes * (learned + 1);
        long[][] sums = new long[classes][];
        for (int window = 0; window < windows; window++) {
            long[] modelSums = new long[model.bets.components()];
            long[] counts = new long[shares.limits().count()];
            for (int event = 0; event < EVENTS; event++) {
                int classIndex = draw();
                int kind = classIndex % pools.size();
                int at = random.nextInt(logs.get(kind).length);
                Pool.add(modelLogs.get(kind)[at], modelSums);
                counts[shares.place(classIndex)]++;
                if (sums[classIndex] == null) {
                    sums[classIndex] = new long[modelSums.length];
                }
                Pool.add(logs.get(kind)[at], sums[classIndex]);
            }
            alarms[0] += step(ofModel, modelSums, dependence, budget.modelMaps());
            WindowSums shareSums = new WindowSums(shareBets);
            for (int place = 0; place < counts.length; place++) {
                shareSums.add(shareBets, place, counts[place], EVENTS, null);
            }
            alarms[1] += step(ofShares, shareSums.logs(), dependence, budget.shares());
            for (int classIndex = 0; classIndex < classes; classIndex++) {
                if (sums[classIndex] != null) {
                    if (ofClasses[classIndex] == null) {
                        ofClasses[classIndex] = new Detector(pools.get(classIndex % pools.size()).bets);
                    }
                    alarms[2] += step(ofClasses[classIndex], sums[classIndex], 1, budget.classMaps(learned, weights));
                    sums[classIndex] = null;
                }
            }
        }
        return alarms;
    }

    private static int step(Detector detector, long[] sums, double dependence, double threshold) {
        if (detector.step(sums, dependence) < threshold) {
            return 0;
        }
        detector.reset();
        return 1;
    }

    private int draw() {
        int at = Arrays.binarySearch(cumulative, random.nextDouble());
        return Math.min(at >= 0 ? at : -at - 1, classes - 1);
    }

    private static double[] zipf(int classes) {
        double[] cumulative = new double[classes];
        double sum = 0;
        for (int at = 0; at < classes; at++) {
            sum += 1.0 / (at + 1);
            cumulative[at] = sum;
        }
        for (int at = 0; at < classes; at++) {
            cumulative[at] /= sum;
        }
        return cumulative;
    }
}
