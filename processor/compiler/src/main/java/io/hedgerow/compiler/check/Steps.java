package io.hedgerow.compiler.check;

import java.util.Arrays;

/** Steps from an activation A along one direction for each row, both of about A's length. */
final class Steps {
    private final float[] activation;
    private final float[] gradient;
    private final float[] direction;
    private final int size;
    private final double[] lengths;
    private final double[] steepness;

    private Steps(float[] activation, float[] gradient, int rows) {
        this.activation = activation;
        this.gradient = gradient;
        this.direction = new float[activation.length];
        this.size = activation.length / rows;
        this.lengths = new double[rows];
        this.steepness = new double[rows];
        for (int i = 0; i < activation.length; i++) {
            lengths[i / size] += (double) activation[i] * activation[i];
        }
        Arrays.setAll(lengths, row -> Math.sqrt(lengths[row]));
    }

    /** Up along the gradient, and somewhat along the activation: a gradient that is 0 by mistake would lead nowhere. */
    static Steps alongGradient(float[] activation, float[] gradient, int rows) {
        Steps steps = new Steps(activation, gradient, rows);
        for (int i = 0; i < activation.length; i++) {
            steps.steepness[i / steps.size] += steps.gradient(i) * steps.gradient(i);
        }
        Arrays.setAll(steps.steepness, row -> Math.sqrt(steps.steepness[row]));
        for (int i = 0; i < activation.length; i++) {
            double up = Math.max(steps.steepness[i / steps.size], Float.MIN_NORMAL);
            double along = 2 * Math.max(steps.lengths[i / steps.size], Float.MIN_NORMAL);
            steps.direction[i] = (float) (steps.gradient(i) / up + activation[i] / along);
        }
        return steps;
    }

    /** Each entry up or down by a share of itself, whichever way the score rises, so that none gets to 0. */
    static Steps withinDomain(float[] activation, float[] gradient, int rows) {
        Steps steps = new Steps(activation, gradient, rows);
        for (int i = 0; i < activation.length; i++) {
            double length = Math.max(steps.lengths[i / steps.size], Float.MIN_NORMAL);
            double size = Math.abs(activation[i]);
            steps.direction[i] = (float) ((Math.signum(steps.gradient(i)) * size + activation[i] / 2) / length);
            // of what such steps can change: where next to nothing is, a gradient may be larger than all others
            steps.steepness[i / steps.size] += Math.abs(steps.gradient(i)) * size / length;
        }
        return steps;
    }

    /** Where a share of the way of {@code reach · |A|} leads. */
    float[] moved(double reach, double share) {
        float[] moved = activation.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (share * half(reach, i / size) * direction[i]);
        }
        return moved;
    }

    double half(double reach, int row) {
        return reach * (lengths[row] > 0 ? lengths[row] : 1);
    }

    /** Adds to each row's slope the direction's part of a gradient. */
    void addSlopes(float[] there, double[] slope, double weight) {
        for (int i = 0; i < there.length; i++) {
            // no step, no slope: a root may have no gradient at 0
            slope[i / size] += direction[i] == 0 ? 0 : (double) there[i] * direction[i] * weight;
        }
    }

    /** |A| of a row. */
    double length(int row) {
        return lengths[row];
    }

    /** By how much a row's score may change at most, along a step as long as A: a length of G. */
    double steepness(int row) {
        return steepness[row];
    }

    /** Without the entries where there is neither activation nor a number: relevance is 0 there whatever it is. */
    private double gradient(int i) {
        return activation[i] == 0 && !Float.isFinite(gradient[i]) ? 0 : gradient[i];
    }
}
