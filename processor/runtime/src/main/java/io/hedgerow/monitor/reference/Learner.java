package io.hedgerow.monitor.reference;

import io.hedgerow.ReferenceOrigin;
import io.hedgerow.monitor.profile.EventHash;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Landmarks;
import io.hedgerow.monitor.profile.MapFeatures;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.ScoreScale;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Learns a reference from maps in order: landmarks from the first of them, and from the others the limits of what is measured
 * against them. In stages there is a preliminary reference after 100 maps, with the wide limits that follow from so few; the full
 * one has the same landmarks. Not thread-safe.
 */
public final class Learner {
    /** Half of the largest distance between two vectors of length 1 without negative numbers, so that it is below 1. */
    private static final double HALF = 0.5;

    private static final double USUAL = 0.95;

    private final int wanted;
    private final int first;
    private final List<Row> rows;
    private final Rates rates;
    private final MapFeatures measure = new MapFeatures();
    private final double[] features = new double[Features.COUNT];
    private @Nullable Landmarks landmarks;

    /**
     * Begins; landmarks come from the first half.
     *
     * @param wanted explanations to learn from
     */
    public Learner(int wanted) {
        this(wanted, wanted / 2, new ArrayList<>(), new Rates(), null);
    }

    Learner(int wanted, int first, List<Row> rows, Rates rates, @Nullable Landmarks landmarks) {
        this.wanted = wanted;
        this.first = first;
        this.rows = rows;
        this.rates = rates;
        this.landmarks = landmarks;
    }

    /**
     * Begins, in stages; landmarks come from the first half of a preliminary reference.
     *
     * @param wanted explanations to learn from
     */
    public static Learner inStages(int wanted) {
        // RATIONALE: Why are classes compared with a preliminary reference?
        int first = Math.min(wanted, ReferenceRules.LEAST) / 2;
        return new Learner(wanted, first, new ArrayList<>(), new Rates(), null);
    }

    /**
     * Learns from a map; they come in order.
     *
     * @param event whose map isn't blind
     * @param maps a sample of all maps so far, this one included, in an order of their own
     */
    public void add(Observation event, Supplier<List<Grid>> maps) {
        Landmarks against = landmarks;
        measure.measure(event.map(), event.confidence(), against, features);
        if (against != null) {
            features[Features.NOVELTY] = HALF * measure.distance(event.map(), against.prototypes());
        }
        features[Features.LOW_SCORE] = ScoreScale.share(event.score());
        short[] packed = new short[Features.COUNT];
        for (int feature = 0; feature < packed.length; feature++) {
            packed[feature] = Row.pack(feature, features[feature]);
        }
        rows.add(new Row(
                event.time(),
                (int) EventHash.of(event.source()),
                event.classIndex(),
                against != null,
                !Float.isNaN(event.confidence()),
                packed));
        if (against == null && rows.size() >= first) {
            landmarks = landmarks(maps.get());
        }
    }

    /** How often what happened, beside the maps. */
    public Rates rates() {
        return rates;
    }

    /** Maps learned from. */
    public int learned() {
        return rows.size();
    }

    /** Maps wanted. */
    public int wanted() {
        return wanted;
    }

    /** Whether there are as many as wanted, some of them held out. */
    public boolean ready() {
        return rows.size() >= wanted && isHeldOut();
    }

    /** Whether there are as many as a preliminary reference needs, which is one stage of two. */
    public boolean started() {
        return first < wanted / 2 && rows.size() >= ReferenceRules.LEAST && isHeldOut();
    }

    /** Forgets maps of that event time and later ones. */
    public void forget(long since) {
        rows.removeIf(row -> row.time() >= since);
    }

    private boolean isHeldOut() {
        return rows.get(rows.size() - 1).heldOut();
    }

    /**
     * The reference.
     *
     * @param ordinal which reference of the model it is, from 1: later ones have wider limits, so that all together are
     *     as seldom wrong as promised
     * @param whole whether it is of all classes together, with shares and rates
     */
    public Baseline baseline(ReferenceRules rules, ReferenceOrigin origin, int ordinal, boolean whole) {
        Landmarks half = landmarks;
        if (half == null) {
            throw new IllegalStateException("only " + rows.size() + " of " + wanted + " maps were learned from");
        }
        List<Row> heldOut = rows.stream().filter(Row::heldOut).toList();
        double[] distances = heldOut.stream()
                .mapToDouble(row -> row.feature(Features.NOVELTY))
                .sorted()
                .toArray();
        int rank = (int) Math.ceil(USUAL * distances.length);
        double radius = distances[rank - 1];

        double[] scores = rows.stream()
                .mapToDouble(row -> row.feature(Features.LOW_SCORE))
                .sorted()
                .toArray();
        double lowest = scores[scores.length - (int) Math.ceil(USUAL * scores.length)];
        double highest = scores[(int) Math.ceil(USUAL * scores.length) - 1];

        boolean confident = rows.stream().allMatch(Row::known);
        int monitored = confident ? Features.COUNT : Features.COUNT - 1;
        boolean ordered = origin != ReferenceOrigin.FOLDER;
        double dependence = rules.dependence() > 0 ? rules.dependence() : ordered ? dependence(confident, heldOut) : 1;
        double tail = rules.tail(ordinal, monitored);
        Bounds bounds = new Bounds(tail, dependence, rules.tolerance());

        double[] mean = new double[Features.COUNT];
        double[] low = new double[Features.COUNT];
        double[] high = new double[Features.COUNT];
        for (int feature = 0; feature < Features.COUNT; feature++) {
            int each = feature;
            Bounds.Bound bound =
                    switch (feature) {
                        case Features.NOVELTY -> bounds.ofTail(heldOut, row -> row.feature(each) > radius ? 1 : 0);
                        case Features.LOW_SCORE -> bounds.ofTail(rows, row -> row.feature(each) < lowest ? 1 : 0);
                        case Features.HIGH_SCORE ->
                            bounds.ofTail(rows, row -> row.feature(Features.LOW_SCORE) > highest ? 1 : 0);
                        case Features.CONFIDENCE -> confident ? bounds.of(rows, row -> row.feature(each)) : Bounds.NONE;
                        default -> bounds.of(Features.relative(feature) ? heldOut : rows, row -> row.feature(each));
                    };
            mean[feature] = bound.mean();
            low[feature] = bound.low();
            high[feature] = bound.high();
        }
        return new Baseline(
                id(),
                origin,
                rows.size(),
                rows.stream().mapToLong(Row::time).min().orElse(0),
                rows.stream().mapToLong(Row::time).max().orElse(0),
                (int) rows.stream().mapToInt(Row::source).distinct().count(),
                dependence,
                rules.tolerance(),
                tail,
                rows.size() < wanted,
                new Landmarks(half.meanMap(), half.prototypes(), radius / HALF, lowest, highest),
                new Limits(mean, low, high),
                whole ? new ShareLimits(rows, rules, ordinal, dependence).shares() : null,
                whole
                        ? rates.limits(
                                rules.tail(ordinal, Rate.values().length),
                                dependence,
                                rules.shareTolerance(),
                                rules.coverage())
                        : null);
    }

    private double dependence(boolean confident, List<Row> heldOut) {
        Dependence all = new Dependence(rows);
        Dependence second = new Dependence(heldOut);
        return IntStream.range(0, Features.COUNT)
                .filter(feature -> confident || feature != Features.CONFIDENCE)
                .mapToDouble(feature -> (Features.relative(feature) ? second : all).of(row -> row.feature(feature)))
                .max()
                .orElse(1);
    }

    private Landmarks landmarks(List<Grid> maps) {
        double[] sums = new double[Grid.CELLS];
        maps.forEach(map -> map.addTo(sums));
        float[] mean = new float[Grid.CELLS];
        for (int cell = 0; cell < mean.length; cell++) {
            mean[cell] = (float) (sums[cell] / maps.size());
        }
        return new Landmarks(mean, new Prototypes(maps).choose(), Double.MAX_VALUE);
    }

    private String id() {
        long hash = 0;
        for (Row row : rows) {
            hash = hash * 31 + row.time();
            for (short feature : row.features()) {
                hash = hash * 31 + feature;
            }
        }
        return String.format("%016x", hash);
    }

    int first() {
        return first;
    }

    List<Row> rows() {
        return rows;
    }

    /** What maps are measured against; null if none were chosen yet. */
    public @Nullable Landmarks landmarks() {
        return landmarks;
    }
}
