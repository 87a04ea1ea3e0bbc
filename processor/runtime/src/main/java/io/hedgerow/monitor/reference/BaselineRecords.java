package io.hedgerow.monitor.reference;

import io.hedgerow.ClassShare;
import io.hedgerow.FeatureLimits;
import io.hedgerow.LearnedReference;
import io.hedgerow.MapGroup;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Landmarks;
import io.hedgerow.monitor.profile.ScoreScale;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** References as the records of their topic. */
public final class BaselineRecords {
    private static final int UNSEEN = Integer.MAX_VALUE;

    private BaselineRecords() {}

    /**
     * The record of a reference.
     *
     * @param labels names of classes by index
     * @param groups what was found in it
     */
    public static LearnedReference record(Baseline baseline, Map<Integer, String> labels, List<MapGroup> groups) {
        Shares shares = baseline.shares();
        Limits rates = baseline.rates();
        return LearnedReference.newBuilder()
                .setId(baseline.id())
                .setOrigin(baseline.origin())
                .setEvents(baseline.events())
                .setFrom(Instant.ofEpochMilli(baseline.from()))
                .setTo(Instant.ofEpochMilli(baseline.to()))
                .setSources(baseline.sources())
                .setCovers(Coverage.of(baseline))
                .setDependence(baseline.dependence())
                .setTolerance(baseline.tolerance())
                .setRisk(baseline.risk())
                .setPreliminary(baseline.preliminary())
                .setFeatures(IntStream.range(0, Features.COUNT)
                        .filter(feature -> !Double.isNaN(baseline.limits().mean()[feature]))
                        .mapToObj(feature -> limits(Features.name(feature), baseline.limits(), feature))
                        .toList())
                .setMeanMap(floats(baseline.landmarks().meanMap()))
                .setPrototypes(Arrays.stream(baseline.landmarks().prototypes())
                        .map(BaselineRecords::floats)
                        .toList())
                .setRadius(baseline.landmarks().radius())
                .setLowScore(score(baseline.landmarks().low()))
                .setHighScore(score(baseline.landmarks().high()))
                .setShares(shares == null ? List.of() : shares(shares, labels))
                .setRates(
                        rates == null
                                ? List.of()
                                : Arrays.stream(Rate.values())
                                        .map(rate -> limits(name(rate), rates, rate.place()))
                                        .toList())
                .setGroups(groups)
                .build();
    }

    /**
     * The reference that a record holds.
     *
     * @throws IllegalArgumentException if it lacks what a reference needs
     */
    public static Baseline baseline(LearnedReference record) {
        if (record.getMeanMap().size() != Grid.CELLS
                || record.getPrototypes().isEmpty()
                || record.getPrototypes().stream().anyMatch(prototype -> prototype.size() != Grid.CELLS)) {
            throw new IllegalArgumentException("reference " + record.getId()
                    + " has no mean map or no prototypes of 16 x 16 cells; make it anew with this version");
        }
        float[][] prototypes =
                record.getPrototypes().stream().map(BaselineRecords::floats).toArray(float[][]::new);
        return new Baseline(
                record.getId(),
                record.getOrigin(),
                record.getEvents(),
                record.getFrom().toEpochMilli(),
                record.getTo().toEpochMilli(),
                record.getSources(),
                Math.max(record.getDependence(), 1),
                record.getTolerance(),
                record.getRisk(),
                record.getPreliminary(),
                new Landmarks(
                        floats(record.getMeanMap()),
                        prototypes,
                        record.getRadius(),
                        share(record.getLowScore()),
                        share(record.getHighScore())),
                limits(
                        record.getFeatures(),
                        IntStream.range(0, Features.COUNT)
                                .mapToObj(Features::name)
                                .toList()),
                record.getShares().isEmpty() ? null : shares(record.getShares()),
                record.getRates().isEmpty()
                        ? null
                        : limits(
                                record.getRates(),
                                Arrays.stream(Rate.values())
                                        .map(BaselineRecords::name)
                                        .toList()));
    }

    /** A rate's name, as records have it. */
    public static String name(Rate rate) {
        return rate.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Double score(double share) {
        return Double.isNaN(share) ? null : (Double) ScoreScale.score(share);
    }

    private static double share(@Nullable Double score) {
        return score == null ? Double.NaN : ScoreScale.share(score);
    }

    private static FeatureLimits limits(String name, Limits limits, int at) {
        return new FeatureLimits(name, limits.mean()[at], known(limits.low()[at], 0), known(limits.high()[at], 1));
    }

    private static Limits limits(List<FeatureLimits> from, List<String> names) {
        double[] mean = new double[names.size()];
        double[] low = new double[names.size()];
        double[] high = new double[names.size()];
        for (double[] each : List.of(mean, low, high)) {
            Arrays.fill(each, Double.NaN);
        }
        for (FeatureLimits one : from) {
            int at = names.indexOf(one.getName());
            if (at >= 0) {
                mean[at] = one.getMean();
                low[at] = Limits.low(one.getLow());
                high[at] = Limits.high(one.getHigh());
            }
        }
        return new Limits(mean, low, high);
    }

    /** A limit that isn't watched is one that nothing can pass. */
    private static double known(double limit, double unwatched) {
        return Double.isNaN(limit) ? unwatched : limit;
    }

    private static List<ClassShare> shares(Shares shares, Map<Integer, String> labels) {
        List<ClassShare> records = new ArrayList<>();
        Limits limits = shares.limits();
        int count = shares.classes().length;
        for (int at = 0; at <= count; at++) {
            int classIndex = at < count ? shares.classes()[at] : UNSEEN;
            records.add(new ClassShare(
                    classIndex,
                    labels.getOrDefault(classIndex, ""),
                    at < count ? shares.events()[at] : 0,
                    known(limits.low()[at], 0),
                    known(limits.high()[at], 1)));
        }
        return records;
    }

    private static Shares shares(List<ClassShare> records) {
        List<ClassShare> sorted = records.stream()
                .sorted(Comparator.comparingInt(ClassShare::getClassIndex))
                .toList();
        boolean unseen = sorted.get(sorted.size() - 1).getClassIndex() == UNSEEN;
        int count = sorted.size() - (unseen ? 1 : 0);
        double all = sorted.stream().mapToLong(ClassShare::getEvents).sum();
        double[] mean = new double[count + 1];
        double[] low = new double[count + 1];
        double[] high = new double[count + 1];
        for (int at = 0; at < sorted.size(); at++) {
            mean[at] = sorted.get(at).getEvents() / all;
            low[at] = Limits.low(sorted.get(at).getLow());
            high[at] = Limits.high(sorted.get(at).getHigh());
        }
        low[count] = Double.NaN;
        high[count] = unseen ? high[count] : Double.NaN;
        return new Shares(
                sorted.stream().limit(count).mapToInt(ClassShare::getClassIndex).toArray(),
                sorted.stream().limit(count).mapToLong(ClassShare::getEvents).toArray(),
                new Limits(mean, low, high));
    }

    private static List<Float> floats(float[] values) {
        List<Float> list = new ArrayList<>(values.length);
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    private static float[] floats(List<Float> list) {
        float[] values = new float[list.size()];
        for (int at = 0; at < values.length; at++) {
            values[at] = list.get(at);
        }
        return values;
    }
}
