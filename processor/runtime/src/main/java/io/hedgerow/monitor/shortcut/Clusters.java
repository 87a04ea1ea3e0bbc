package io.hedgerow.monitor.shortcut;

import java.util.Arrays;

/** k-means from centres that are far from each other (Gonzalez 1985, then Lloyd 1982). The same points, the same clusters. */
final class Clusters {
    private static final int ROUNDS = 50;

    private final double[][] points;
    private final double[][] centres;
    private final int[] assignment;

    Clusters(double[][] points, int count) {
        this.points = points;
        centres = new double[count][];
        assignment = new int[points.length];
        spread();
        for (int round = 0; round < ROUNDS && assign(); round++) {
            move();
        }
    }

    /** Of each point, from 0. */
    int[] assignment() {
        return assignment;
    }

    private void spread() {
        double[] nearest = new double[points.length];
        Arrays.fill(nearest, Double.MAX_VALUE);
        int farthest = 0;
        for (int centre = 0; centre < centres.length; centre++) {
            centres[centre] = points[farthest].clone();
            farthest = 0;
            for (int point = 0; point < points.length; point++) {
                nearest[point] = Math.min(nearest[point], squareDistance(points[point], centres[centre]));
                farthest = nearest[point] > nearest[farthest] ? point : farthest;
            }
        }
        Arrays.fill(assignment, -1);
    }

    private boolean assign() {
        boolean changed = false;
        for (int point = 0; point < points.length; point++) {
            int nearest = 0;
            for (int centre = 1; centre < centres.length; centre++) {
                nearest =
                        squareDistance(points[point], centres[centre]) < squareDistance(points[point], centres[nearest])
                                ? centre
                                : nearest;
            }
            changed |= assignment[point] != nearest;
            assignment[point] = nearest;
        }
        return changed;
    }

    private void move() {
        for (int centre = 0; centre < centres.length; centre++) {
            double[] sum = new double[centres[centre].length];
            int count = 0;
            for (int point = 0; point < points.length; point++) {
                if (assignment[point] == centre) {
                    count++;
                    for (int entry = 0; entry < sum.length; entry++) {
                        sum[entry] += points[point][entry];
                    }
                }
            }
            for (int entry = 0; count > 0 && entry < sum.length; entry++) {
                centres[centre][entry] = sum[entry] / count;
            }
        }
    }

    private static double squareDistance(double[] a, double[] b) {
        double sum = 0;
        for (int entry = 0; entry < a.length; entry++) {
            sum += (a[entry] - b[entry]) * (a[entry] - b[entry]);
        }
        return sum;
    }
}
