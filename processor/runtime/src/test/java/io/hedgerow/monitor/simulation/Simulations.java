package io.hedgerow.monitor.simulation;

import io.hedgerow.monitor.RecordedMaps;
import io.hedgerow.monitor.detect.Bets;
import io.hedgerow.monitor.detect.Budget;
import io.hedgerow.monitor.detect.Detector;
import io.hedgerow.monitor.detect.WindowSums;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.MapFeatures;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.reference.Limits;
import io.hedgerow.monitor.reference.Rate;
import io.hedgerow.monitor.reference.Rates;
import io.hedgerow.monitor.reference.ReferenceRules;
import io.hedgerow.monitor.shortcut.Group;
import io.hedgerow.monitor.shortcut.SampledMap;
import io.hedgerow.monitor.shortcut.ShortcutFinder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Simulated streams of recorded maps, by window sums; each is determined by its seed. */
public final class Simulations {
    public static final List<String> CLASSES = List.of("ok", "scratch", "dent");
    public static final double[] SHARES = {1, 0.5, 0.2};
    public static final double[] THRESHOLDS = {1e3, 1e6, 5e8};

    private static final int WINDOW = 10;

    private final RecordedMaps recorded = new RecordedMaps();

    /** How many of some streams alarmed, and over how many windows each. */
    public record Alarms(int streams, int windows, int alarms) {
        /** Upper limit of alarms in so many windows, at 95 %, as of a Poisson process. */
        public double upper(double perWindows) {
            double most = alarms == 0 ? 3.0 : alarms + 1.645 * Math.sqrt(alarms) + 1.92;
            return most * perWindows / ((double) streams * windows);
        }
    }

    /**
     * Median delays in events until maps with stickers among those of a class are found, by share and threshold.
     *
     * @param z distance of limits in standard errors
     */
    public Map<String, double[]> delays(double z, int splits, int streams) {
        Map<String, double[]> delays = new LinkedHashMap<>();
        for (String label : CLASSES) {
            double[][][] found = new double[SHARES.length][THRESHOLDS.length][splits * streams];
            for (int split = 0; split < splits; split++) {
                List<Grid> maps = shuffled(recorded.of(label), split);
                int half = maps.size() / 2;
                Pool pool = Pool.learned(maps.subList(0, half), 0.02, z, 1);
                long[][] quiet = pool.logs(maps.subList(half, maps.size()));
                long[][] changed = pool.logs(recorded.stickers());
                SplittableRandom random = new SplittableRandom(split);
                for (int share = 0; share < SHARES.length; share++) {
                    for (int stream = 0; stream < streams; stream++) {
                        double[] crossings = crossings(pool, quiet, changed, SHARES[share], random);
                        for (int at = 0; at < THRESHOLDS.length; at++) {
                            found[share][at][split * streams + stream] = crossings[at];
                        }
                    }
                }
            }
            for (int share = 0; share < SHARES.length; share++) {
                delays.put(
                        label + " " + Math.round(100 * SHARES[share]) + " %",
                        Arrays.stream(found[share])
                                .mapToDouble(Simulations::median)
                                .toArray());
            }
        }
        return delays;
    }

    private static double[] crossings(
            Pool pool, long[][] quiet, long[][] changed, double share, SplittableRandom random) {
        Detector detector = new Detector(pool.bets);
        double[] crossings = new double[THRESHOLDS.length];
        Arrays.fill(crossings, 5_000);
        for (int window = 1; window <= 500; window++) {
            long[] sums = new long[pool.bets.components()];
            for (int event = 0; event < WINDOW; event++) {
                long[][] from = random.nextDouble() < share ? changed : quiet;
                Pool.add(from[random.nextInt(from.length)], sums);
            }
            double evidence = detector.step(sums, 1);
            for (int at = 0; at < THRESHOLDS.length; at++) {
                if (crossings[at] == 5_000 && evidence >= Math.log(THRESHOLDS[at])) {
                    crossings[at] = window * WINDOW;
                }
            }
            if (evidence >= Math.log(THRESHOLDS[THRESHOLDS.length - 1])) {
                break;
            }
        }
        return crossings;
    }

    /** Alarms of streams that keep to their limits exactly: maps drawn at random, limits set to their true means. */
    public Alarms tight(int streams, int windows, double threshold) {
        List<Grid> maps = recorded.of("dent");
        Pool learned = Pool.learned(maps.subList(0, 300), 0, 3, 1);
        MapFeatures measure = new MapFeatures();
        double[] features = new double[Features.COUNT];
        double[] means = new double[Features.COUNT];
        for (Grid map : maps) {
            measure.measure(map, Double.NaN, learned.baseline.landmarks(), features);
            for (int feature = 0; feature < means.length; feature++) {
                means[feature] += features[feature] / maps.size();
            }
        }
        Arrays.fill(means, Features.CONFIDENCE, Features.COUNT, Double.NaN);
        Bets bets = new Bets(new Limits(means, means, means));
        long[][] logs = new long[maps.size()][];
        for (int at = 0; at < logs.length; at++) {
            measure.measure(maps.get(at), Double.NaN, learned.baseline.landmarks(), features);
            WindowSums sums = new WindowSums(bets);
            sums.add(bets, features, null);
            logs[at] = sums.logs();
        }
        return quiet(bets, logs, 1, streams, windows, threshold, new SplittableRandom(1));
    }

    /**
     * Alarms of quiet streams against references of their own class.
     *
     * @param learned maps that each reference is learned from
     */
    public Alarms quiet(int references, int learned, int streams, int windows, double threshold) {
        int alarms = 0;
        for (int reference = 0; reference < references; reference++) {
            List<Grid> maps = shuffled(recorded.of(CLASSES.get(reference % CLASSES.size())), reference);
            Pool pool = Pool.learned(maps.subList(0, learned), 0.02, 0, 1);
            alarms += quiet(
                            pool.bets,
                            pool.logs(maps.subList(300, maps.size())),
                            1,
                            streams,
                            windows,
                            threshold,
                            new SplittableRandom(reference))
                    .alarms();
        }
        return new Alarms(references * streams, windows, alarms);
    }

    private static Alarms quiet(
            Bets bets,
            long[][] logs,
            double dependence,
            int streams,
            int windows,
            double threshold,
            SplittableRandom random) {
        int alarms = 0;
        for (int stream = 0; stream < streams; stream++) {
            Detector detector = new Detector(bets);
            for (int window = 0; window < windows; window++) {
                long[] sums = new long[bets.components()];
                for (int event = 0; event < WINDOW; event++) {
                    Pool.add(logs[random.nextInt(logs.length)], sums);
                }
                if (detector.step(sums, dependence) >= Math.log(threshold)) {
                    alarms++;
                    break;
                }
            }
        }
        return new Alarms(streams, windows, alarms);
    }

    /**
     * Alarms of quiet streams in scenes: maps with their evidence in one zone follow each other, references too.
     *
     * @param dwell events that a scene lasts on average
     * @param reference maps that a reference is learned from
     * @param measured whether dependence is measured; if not, it is taken for 1
     */
    public Alarms scenes(double dwell, int reference, boolean measured, int streams, int windows) {
        int alarms = 0;
        for (int stream = 0; stream < streams; stream++) {
            List<Grid> maps = shuffled(recorded.of("dent"), stream);
            SplittableRandom random = new SplittableRandom(stream);
            Pool pool = Pool.learned(scene(maps, reference, dwell, random), 0.02, 0, measured ? 0 : 1);
            long[][] logs = pool.logs(scene(maps, windows * WINDOW, dwell, random));
            Detector detector = new Detector(pool.bets);
            for (int window = 0; window < windows; window++) {
                long[] sums = new long[pool.bets.components()];
                for (int event = window * WINDOW; event < (window + 1) * WINDOW; event++) {
                    Pool.add(logs[event], sums);
                }
                if (detector.step(sums, pool.baseline.dependence()) >= Math.log(1_000)) {
                    alarms++;
                    break;
                }
            }
        }
        return new Alarms(streams, windows, alarms);
    }

    private static List<Grid> scene(List<Grid> maps, int count, double dwell, SplittableRandom random) {
        MapFeatures measure = new MapFeatures();
        double[] features = new double[Features.COUNT];
        Map<Integer, List<Grid>> zones = new LinkedHashMap<>();
        for (Grid map : maps) {
            measure.measure(map, Double.NaN, null, features);
            int zone = IntStream.range(0, Features.ZONES)
                    .reduce(0, (best, each) -> features[each] > features[best] ? each : best);
            zones.computeIfAbsent(zone, one -> new ArrayList<>()).add(map);
        }
        List<List<Grid>> byMap = new ArrayList<>();
        zones.values().forEach(zone -> zone.forEach(map -> byMap.add(zone)));
        List<Grid> stream = new ArrayList<>();
        List<Grid> now = byMap.get(random.nextInt(byMap.size()));
        for (int event = 0; event < count; event++) {
            if (random.nextDouble() * dwell < 1) {
                now = byMap.get(random.nextInt(byMap.size()));
            }
            stream.add(now.get(random.nextInt(now.size())));
        }
        return stream;
    }

    /**
     * False alarms over everything: maps of all classes together, shares, and maps of each class with traffic after Zipf's
     * law, 200 events a window, at one false alarm in a day.
     *
     * @param learned maps that the reference of each class is learned from
     * @param windows windows of each run; a day has 8,640
     */
    public Alarms everything(int classes, int learned, int runs, int windows) {
        Budget budget = new Budget(8_640, 1);
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            int[] found = new Everything(recorded, budget, classes, learned, run).alarms(windows);
            alarms += found[0] + found[1] + found[2];
        }
        return new Alarms(runs, windows, alarms);
    }

    /**
     * Median number of sampled events until it is found that evidence matters no more than chance.
     *
     * @param seen sampled events that the limit was learned from, in 91 % of which it mattered
     */
    public double unfaithful(int seen, int runs) {
        Rates rates = new Rates();
        rates.add(Rate.FAITHFULNESS, Math.round(0.91 * seen), seen);
        int at = Rate.FAITHFULNESS.place();
        double[] none = new double[Rate.values().length];
        ReferenceRules rules = new ReferenceRules(300, 0.02, 0.05, 1, ReferenceRules.USUAL_RISK, Double.NaN);
        Limits limits = rates.refined(new Limits(none, none, none), rules, 2, 1);
        Bets bets = new Bets(new Limits(
                new double[] {limits.mean()[at]}, new double[] {limits.low()[at]}, new double[] {Double.NaN}));
        double threshold = new Budget(259_200, 1).rate(none.length);
        double[] found = new double[runs];
        for (int run = 0; run < runs; run++) {
            SplittableRandom random = new SplittableRandom(run);
            Detector detector = new Detector(bets);
            double evidence;
            do {
                WindowSums sums = new WindowSums(bets);
                int wins = Integer.bitCount(random.nextInt(16));
                sums.add(bets, 0, wins, 4, null);
                found[run] += 4;
                evidence = detector.step(sums.logs(), 1);
            } while (evidence < threshold);
        }
        return median(found);
    }

    /** How many of some samples of 128 maps have a suspicious group, if a share of them comes from one corner or all. */
    public int shortcuts(String label, double share, boolean oneCorner, int samples) {
        ShortcutFinder finder = new ShortcutFinder();
        List<Grid> stickers = recorded.stickers().stream()
                .filter(map -> !oneCorner || corner(map) > 0.8)
                .toList();
        int flagged = 0;
        for (int sample = 0; sample < samples; sample++) {
            List<Grid> own = shuffled(recorded.of(label), sample);
            List<Grid> other = shuffled(stickers, sample);
            List<SampledMap> maps = new ArrayList<>();
            int planted = (int) Math.round(128 * share);
            for (int at = 0; at < 128; at++) {
                Grid map = at < planted ? other.get(at % other.size()) : own.get(at);
                maps.add(SampledMap.of(
                        new Observation("event-" + at, at, "", null, 0, "", map, 0, Float.NaN, Float.NaN, Float.NaN)));
            }
            flagged += finder.find(maps).stream().anyMatch(Group::suspicious) ? 1 : 0;
        }
        return flagged;
    }

    private static double corner(Grid map) {
        double[] shares = new double[Grid.CELLS];
        map.addTo(shares);
        return IntStream.range(12 * 16, Grid.CELLS)
                .filter(cell -> cell % 16 < 8)
                .mapToDouble(cell -> shares[cell])
                .sum();
    }

    static List<Grid> shuffled(List<Grid> maps, long seed) {
        List<Grid> shuffled = new ArrayList<>(maps);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
