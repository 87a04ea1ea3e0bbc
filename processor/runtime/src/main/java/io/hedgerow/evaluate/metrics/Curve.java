package io.hedgerow.evaluate.metrics;

/**
 * Scores along shares of the picture.
 *
 * @param shares ascending, beginning with 0
 * @param scores as many
 */
@SuppressWarnings("ArrayRecordComponent") // read once and never compared
public record Curve(double[] shares, double[] scores) {
    public Curve {
        if (shares.length != scores.length || shares.length < 2) {
            throw new IllegalArgumentException("%d shares and %d scores".formatted(shares.length, scores.length));
        }
    }

    /** The area by trapezia, in terms of the shares' range: a mean score. */
    public double area() {
        double area = 0;
        for (int i = 1; i < shares.length; i++) {
            area += (shares[i] - shares[i - 1]) * (scores[i] + scores[i - 1]) / 2;
        }
        return area / (shares[shares.length - 1] - shares[0]);
    }

    /** Mean over the steps after the first of how far the score has fallen. */
    public double meanFall() {
        double sum = 0;
        for (int i = 1; i < scores.length; i++) {
            sum += scores[0] - scores[i];
        }
        return sum / (scores.length - 1);
    }
}
