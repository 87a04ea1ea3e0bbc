package io.hedgerow.evaluate.perturbation;

import io.hedgerow.attribution.SignedMap;

/**
 * What a map that adds up what lies between a baseline and the picture leaves out of it: |Σ R − (y(x) − y(x'))| ⊘ |y(x) − y(x')|, x'
 * being the picture's mean colour everywhere.
 */
public final class Completeness {
    private final Ticket whole;
    private final Ticket baseline;

    /** Asks for what is needed of a subject. */
    public Completeness(Forwards forwards, Subject subject) {
        whole = forwards.ask(subject, Covered.NOTHING);
        baseline = forwards.ask(subject, Covered.whole(Cover.MEAN));
    }

    /** The gap of a map of the subject's k-th class; NaN where the score gains nothing. */
    public double gap(SignedMap map, int k) {
        double sum = 0;
        for (int i = 0; i < map.size(); i++) {
            sum += map.get(i);
        }
        double gain = whole.score(k) - baseline.score(k);
        return gain == 0 ? Double.NaN : Math.abs(sum - gain) / Math.abs(gain);
    }
}
