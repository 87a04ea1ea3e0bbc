package io.hedgerow.monitor.profile;

import io.hedgerow.FaithfulnessSums;
import io.hedgerow.Profile;
import java.util.Arrays;
import java.util.List;

/**
 * Sums over the maps of a window. Summaries of parts, added in any order, are the summary of the whole to the bit. Not
 * thread-safe.
 */
public final class Summary {
    private final long[] mapSum = new long[Grid.CELLS];
    private final long[] featureSums = new long[Features.COUNT];
    private final long[] scores = new long[Bins.COUNT];
    private final long[] confidences = new long[Bins.COUNT];
    private final Examples examples = new Examples();
    private long maps;
    private long blind;
    private long sampled;
    private long evidenceWins;
    private long evidenceDrop;
    private long chanceDrop;

    /** Of nothing. */
    public Summary() {}

    /** As a profile has it. */
    public static Summary of(Profile profile) {
        Summary summary = new Summary();
        summary.maps = profile.getMaps();
        summary.blind = profile.getBlind();
        read(profile.getMapSum(), summary.mapSum);
        read(profile.getFeatureSums(), summary.featureSums);
        read(profile.getScores(), summary.scores);
        read(profile.getConfidences(), summary.confidences);
        FaithfulnessSums sums = profile.getFaithfulness();
        summary.sampled = sums.getEvents();
        summary.evidenceWins = sums.getEvidenceWins();
        summary.evidenceDrop = sums.getEvidenceDrop();
        summary.chanceDrop = sums.getChanceDrop();
        profile.getExamples().forEach(summary.examples::add);
        return summary;
    }

    /**
     * Adds an event.
     *
     * @param features of its map; not read if that is blind
     */
    public void add(Observation event, double[] features) {
        scores[Bins.score(event.score())]++;
        if (!Float.isNaN(event.confidence())) {
            confidences[Bins.share(event.confidence())]++;
        }
        if (event.sampled()) {
            sampled++;
            evidenceWins += event.evidenceWins() ? 1 : 0;
            evidenceDrop += FixedPoint.share(event.evidenceDrop());
            chanceDrop += FixedPoint.share(event.chanceDrop());
        }
        examples.add(event);
        int sum = event.map().squareSum();
        if (sum == 0) {
            blind++;
            return;
        }
        maps++;
        double scale = 1.0 / sum;
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            mapSum[cell] += FixedPoint.share(event.map().square(cell) * scale);
        }
        for (int feature = 0; feature < Features.COUNT; feature++) {
            featureSums[feature] += FixedPoint.share(features[feature]);
        }
    }

    /** Adds what another one holds. */
    public void add(Summary other) {
        add(other.mapSum, mapSum);
        add(other.featureSums, featureSums);
        add(other.scores, scores);
        add(other.confidences, confidences);
        maps += other.maps;
        blind += other.blind;
        sampled += other.sampled;
        evidenceWins += other.evidenceWins;
        evidenceDrop += other.evidenceDrop;
        chanceDrop += other.chanceDrop;
        examples.add(other.examples);
    }

    /** Writes all of it into a profile. */
    public void writeTo(Profile.Builder profile) {
        profile.setMaps(maps)
                .setBlind(blind)
                .setMapSum(maps == 0 ? List.of() : list(mapSum))
                .setFeatureSums(maps == 0 ? List.of() : list(featureSums))
                .setScores(events() == 0 ? List.of() : list(scores))
                .setConfidences(Arrays.stream(confidences).sum() == 0 ? List.of() : list(confidences))
                .setFaithfulness(new FaithfulnessSums(sampled, evidenceWins, evidenceDrop, chanceDrop))
                .setExamples(examples.list());
    }

    /** Events, blind ones included. */
    public long events() {
        return maps + blind;
    }

    /** Maps with evidence. */
    public long maps() {
        return maps;
    }

    /** Maps without. */
    public long blind() {
        return blind;
    }

    /** Events that were sampled to see if their evidence matters. */
    public long sampled() {
        return sampled;
    }

    /** Those whose evidence mattered more than other cells. */
    public long evidenceWins() {
        return evidenceWins;
    }

    /** Sum of a feature over all maps, in units of 2⁻³⁰. */
    public long featureSum(int feature) {
        return featureSums[feature];
    }

    /** Sum of a cell's shares over all maps, in units of 2⁻³⁰. */
    public long mapSum(int cell) {
        return mapSum[cell];
    }

    /** A few of the events. */
    public Examples examples() {
        return examples;
    }

    private static void add(long[] from, long[] to) {
        for (int at = 0; at < to.length; at++) {
            to[at] += from[at];
        }
    }

    private static void read(List<Long> from, long[] to) {
        for (int at = 0; at < Math.min(from.size(), to.length); at++) {
            to[at] = from.get(at);
        }
    }

    private static List<Long> list(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
