package io.hedgerow.monitor.profile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Measures maps. Nothing is allocated for a map, and results are the same to the bit on every machine. Not thread-safe: it
 * has buffers of its own.
 */
public final class MapFeatures {
    private static final int SIDE = Grid.SIDE;
    private static final int ZONE = 4;
    private static final int EDGE = 2;
    private static final double LN_CELLS = StrictMath.log(Grid.CELLS);
    private static final double[] SQUARE_LOG_SQUARE = new double[256];

    static {
        for (int root = 1; root < SQUARE_LOG_SQUARE.length; root++) {
            SQUARE_LOG_SQUARE[root] = root * root * 2 * StrictMath.log(root);
        }
    }

    private final int[] zones = new int[Features.ZONES];
    private final double[] roots = new double[Grid.CELLS];
    private final MapSmoothing smoothing = new MapSmoothing();

    /**
     * Measures an event's map and score.
     *
     * @param event whose map isn't blind
     * @param landmarks what to measure against; null for nothing, and then what needs them is 0
     * @param features takes {@link Features#COUNT} numbers from 0 to 1
     */
    public void measure(Observation event, @Nullable Landmarks landmarks, double[] features) {
        measure(event.map(), event.confidence(), landmarks, features);
        if (landmarks != null) {
            double score = ScoreScale.share(event.score());
            features[Features.LOW_SCORE] = score < landmarks.low() ? 1 : 0;
            features[Features.HIGH_SCORE] = score > landmarks.high() ? 1 : 0;
        }
    }

    /**
     * Measures a map, and no score.
     *
     * @param map not blind
     * @param confidence probability of the class, 0 to 1; NaN if not known, and then 0 is written
     * @param landmarks what to measure against; null for nothing, and then variation and novelty are 0
     * @param features takes {@link Features#COUNT} numbers from 0 to 1
     */
    public void measure(Grid map, double confidence, @Nullable Landmarks landmarks, double[] features) {
        int sum = map.squareSum();
        Arrays.fill(zones, 0);
        int border = 0;
        double logs = 0;
        for (int y = 0; y < SIDE; y++) {
            boolean edge = y < EDGE || y >= SIDE - EDGE;
            for (int x = 0; x < SIDE; x++) {
                int root = map.root(y * SIDE + x);
                int square = root * root;
                zones[y / ZONE * ZONE + x / ZONE] += square;
                border += edge || x < EDGE || x >= SIDE - EDGE ? square : 0;
                logs += SQUARE_LOG_SQUARE[root];
            }
        }
        for (int zone = 0; zone < Features.ZONES; zone++) {
            features[zone] = (double) zones[zone] / sum;
        }
        double entropy = Logarithm.of(sum) - logs / sum;
        features[Features.CONCENTRATION] = share(1 - entropy / LN_CELLS);
        features[Features.BORDER] = (double) border / sum;
        features[Features.VARIATION] = landmarks == null ? 0 : variation(map, sum, landmarks.meanMap());
        features[Features.NOVELTY] =
                landmarks != null && distance(map, landmarks.prototypes()) > landmarks.radius() ? 1 : 0;
        features[Features.CONFIDENCE] = Double.isNaN(confidence) ? 0 : share(confidence);
        features[Features.LOW_SCORE] = 0;
        features[Features.HIGH_SCORE] = 0;
    }

    /** Distance of a map, smoothed and its root taken, to the nearest prototype. */
    public double distance(Grid map, float[][] prototypes) {
        smoothing.roots(map, roots);
        double nearest = Double.MAX_VALUE;
        for (float[] prototype : prototypes) {
            nearest = Math.min(nearest, squareDistance(prototype));
        }
        return Math.sqrt(nearest);
    }

    private double squareDistance(float[] prototype) {
        // four sums, as one would wait for itself
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int cell = 0; cell < Grid.CELLS; cell += 4) {
            double da = roots[cell] - prototype[cell];
            double db = roots[cell + 1] - prototype[cell + 1];
            double dc = roots[cell + 2] - prototype[cell + 2];
            double dd = roots[cell + 3] - prototype[cell + 3];
            a += da * da;
            b += db * db;
            c += dc * dc;
            d += dd * dd;
        }
        return a + b + (c + d);
    }

    private static double variation(Grid map, int sum, float[] mean) {
        double even = 0;
        double odd = 0;
        for (int cell = 0; cell < Grid.CELLS; cell += 2) {
            even += Math.abs((double) map.square(cell) / sum - mean[cell]);
            odd += Math.abs((double) map.square(cell + 1) / sum - mean[cell + 1]);
        }
        return share((even + odd) / 2);
    }

    private static double share(double value) {
        return value < 0 ? 0 : value > 1 ? 1 : value;
    }
}
