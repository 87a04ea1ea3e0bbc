package io.hedgerow.monitor.shortcut;

import io.hedgerow.Example;
import io.hedgerow.monitor.profile.EventHash;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.MapFeatures;
import io.hedgerow.monitor.reference.Tails;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds groups of maps that look at one place again and again: more of them alike than chance allows. One whose maps are
 * small and off the middle is suspicious. The group with most maps is taken away, and the rest searched again.
 */
public final class ShortcutFinder {
    /** Fewer maps say nothing. */
    public static final int LEAST = 60;

    private static final int GROUPS = 8;
    private static final int EXAMPLES = 5;

    /** Share of maps that may be alike by chance, and how sure to be that there are more. */
    private static final double USUAL = 0.05;

    private static final double CHANCE = 1e-4;

    /** What is small, as a share of the picture, and off the middle, as a share of the border. */
    private static final double SMALL = 0.2;

    private static final double OFF = 0.35;

    private static final double LN_CELLS = StrictMath.log(Grid.CELLS);

    /**
     * The groups, suspicious ones first, larger ones before smaller ones; at most 8, none of fewer than 60 maps.
     *
     * @param maps maps of one class, none blind
     */
    public List<Group> find(List<SampledMap> maps) {
        List<Group> groups = new ArrayList<>();
        if (maps.size() < LEAST) {
            return groups;
        }
        BitSet[] alike = alike(maps);
        BitSet small = smallAndOff(maps);
        BitSet left = new BitSet();
        left.set(0, maps.size());
        while (groups.size() < GROUPS) {
            int seed = most(alike, left, small);
            boolean suspicious = seed >= 0 && tooMany(alike[seed], left, maps.size());
            if (!suspicious) {
                seed = most(alike, left, left);
                if (seed < 0 || !tooMany(alike[seed], left, maps.size())) {
                    break;
                }
            }
            BitSet members = (BitSet) alike[seed].clone();
            members.and(left);
            groups.add(group(maps, seed, members, suspicious));
            left.andNot(members);
        }
        return groups;
    }

    private static BitSet[] alike(List<SampledMap> maps) {
        Likeness likeness = new Likeness();
        double[][] vectors =
                maps.stream().map(map -> likeness.vector(map.map())).toArray(double[][]::new);
        BitSet[] alike = new BitSet[vectors.length];
        for (int one = 0; one < alike.length; one++) {
            alike[one] = new BitSet(alike.length);
            alike[one].set(one);
            for (int other = 0; other < one; other++) {
                if (Likeness.alike(vectors[one], vectors[other])) {
                    alike[one].set(other);
                    alike[other].set(one);
                }
            }
        }
        return alike;
    }

    private static BitSet smallAndOff(List<SampledMap> maps) {
        MapFeatures measure = new MapFeatures();
        double[] features = new double[Features.COUNT];
        BitSet small = new BitSet(maps.size());
        for (int at = 0; at < maps.size(); at++) {
            measure.measure(maps.get(at).map(), Double.NaN, null, features);
            // exp(entropy) cells of 256 are looked at
            double area = StrictMath.exp(-features[Features.CONCENTRATION] * LN_CELLS);
            small.set(at, area <= SMALL && features[Features.BORDER] >= OFF);
        }
        return small;
    }

    /** The map that most of those left are like, among some of them; −1 if there is none. */
    private static int most(BitSet[] alike, BitSet left, BitSet among) {
        int most = -1;
        int count = 0;
        for (int at = left.nextSetBit(0); at >= 0; at = left.nextSetBit(at + 1)) {
            int each = among.get(at) ? common(alike[at], left) : 0;
            if (each > count) {
                most = at;
                count = each;
            }
        }
        return most;
    }

    private static boolean tooMany(BitSet alike, BitSet left, int maps) {
        return Tails.binomial(maps - 1, USUAL, common(alike, left) - 1) < CHANCE;
    }

    private static int common(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both.cardinality();
    }

    private static Group group(List<SampledMap> maps, int seed, BitSet members, boolean suspicious) {
        double[] sums = new double[Grid.CELLS];
        double inside = 0;
        double outside = 0;
        List<Example> examples = new ArrayList<>();
        for (int at = 0; at < maps.size(); at++) {
            SampledMap map = maps.get(at);
            if (members.get(at)) {
                map.map().addTo(sums);
                inside += map.score();
                if (examples.size() < EXAMPLES) {
                    examples.add(map.example());
                }
            } else {
                outside += map.score();
            }
        }
        int count = members.cardinality();
        float[] mean = new float[Grid.CELLS];
        for (int cell = 0; cell < mean.length; cell++) {
            mean[cell] = (float) (sums[cell] / count);
        }
        int others = maps.size() - count;
        @Nullable Double difference = others == 0 ? null : (Double) (inside / count - outside / others);
        return new Group(
                String.format("%016x", EventHash.of(maps.get(seed).eventId())),
                maps.get(seed).map(),
                (double) count / maps.size(),
                count,
                suspicious,
                mean,
                difference,
                examples,
                null);
    }
}
