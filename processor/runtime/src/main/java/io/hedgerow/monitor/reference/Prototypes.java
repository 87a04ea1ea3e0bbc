package io.hedgerow.monitor.reference;

import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.MapSmoothing;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Chooses typical maps: centres of k-means over the square roots of smoothed maps (Lloyd 1982, seeded as k-means++). The
 * same maps in the same order give the same prototypes.
 */
final class Prototypes {
    private static final int COUNT = 8;
    private static final int TRIES = 4;
    private static final int ROUNDS = 30;
    private static final double STEPS = 255;

    private final double[][] points;

    Prototypes(List<Grid> maps) {
        MapSmoothing smoothing = new MapSmoothing();
        points = new double[maps.size()][Grid.CELLS];
        for (int at = 0; at < points.length; at++) {
            smoothing.roots(maps.get(at), points[at]);
        }
    }

    /** The prototypes, at most 8, in steps of 1/255. */
    float[][] choose() {
        double[][] best = {};
        double least = Double.MAX_VALUE;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            double[][] centres = seeds(new SplittableRandom(attempt));
            double spread = 0;
            for (int round = 0; round < ROUNDS; round++) {
                double before = spread;
                spread = improve(centres);
                if (spread == before) {
                    break;
                }
            }
            if (spread < least) {
                least = spread;
                best = centres;
            }
        }
        float[][] prototypes = new float[best.length][Grid.CELLS];
        for (int at = 0; at < best.length; at++) {
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                prototypes[at][cell] = (float) (Math.rint(best[at][cell] * STEPS) / STEPS);
            }
        }
        return prototypes;
    }

    private double[][] seeds(SplittableRandom random) {
        int count = Math.min(COUNT, points.length);
        double[][] seeds = new double[count][];
        double[] nearest = new double[points.length];
        Arrays.fill(nearest, 1);
        for (int seed = 0; seed < count; seed++) {
            double total = 0;
            for (double distance : nearest) {
                total += distance;
            }
            double chosen = random.nextDouble() * total;
            int at = 0;
            while (at < points.length - 1 && chosen >= nearest[at]) {
                chosen -= nearest[at++];
            }
            seeds[seed] = points[at].clone();
            for (int point = 0; point < points.length; point++) {
                double distance = squareDistance(points[point], seeds[seed]);
                nearest[point] = seed == 0 ? distance : Math.min(nearest[point], distance);
            }
        }
        return seeds;
    }

    /** Moves each centre to the mean of the points nearest to it; returns the sum of squares before. */
    private double improve(double[][] centres) {
        double[][] sums = new double[centres.length][Grid.CELLS];
        int[] counts = new int[centres.length];
        double spread = 0;
        for (double[] point : points) {
            double[] distances = IntStream.range(0, centres.length)
                    .mapToDouble(centre -> squareDistance(point, centres[centre]))
                    .toArray();
            int nearest = 0;
            for (int centre = 1; centre < centres.length; centre++) {
                nearest = distances[centre] < distances[nearest] ? centre : nearest;
            }
            spread += distances[nearest];
            counts[nearest]++;
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                sums[nearest][cell] += point[cell];
            }
        }
        for (int centre = 0; centre < centres.length; centre++) {
            for (int cell = 0; counts[centre] > 0 && cell < Grid.CELLS; cell++) {
                centres[centre][cell] = sums[centre][cell] / counts[centre];
            }
        }
        return spread;
    }

    private static double squareDistance(double[] a, double[] b) {
        double sum = 0;
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            double difference = a[cell] - b[cell];
            sum += difference * difference;
        }
        return sum;
    }
}
