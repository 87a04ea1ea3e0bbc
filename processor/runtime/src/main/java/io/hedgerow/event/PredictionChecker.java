package io.hedgerow.event;

import io.hedgerow.Agreement;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionCheck;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.models.ExplainableModel;

/** Compares the prediction that an event logged with the one replayed with its explanation. Thread-safe. */
public final class PredictionChecker {
    private final float tolerance;

    /**
     * Makes a checker.
     *
     * @param tolerance how far scores that agree may be apart; of scores over 1 (logits, log-probabilities), as a fraction of the logged one
     */
    public PredictionChecker(float tolerance) {
        this.tolerance = tolerance;
    }

    /**
     * Compares the best logged prediction with the best replayed one.
     *
     * @throws RejectedRecordException if a replayed score is not finite
     */
    public PredictionCheck check(Subject subject, Attribution attribution) throws RejectedRecordException {
        ExplainableModel model = subject.model();
        float[] replayed = model.scoreKinds().logged(attribution);
        int best = best(replayed, model);
        Prediction replay = new Prediction(best, model.labels().label(best), replayed[best]);
        if (subject.logged().isEmpty()) {
            return new PredictionCheck(null, replay, null, Agreement.NOT_LOGGED);
        }
        Prediction logged = subject.logged().get(0);
        float difference = replayed[logged.getClassIndex()] - logged.getScore();
        return new PredictionCheck(logged, replay, difference, agreement(logged, best, difference));
    }

    private Agreement agreement(Prediction logged, int best, float difference) {
        if (logged.getClassIndex() != best) {
            return Agreement.CLASS_DIFFERS;
        }
        // Written so that a logged NaN differs.
        boolean agrees = Math.abs(difference) <= tolerance * Math.max(1, Math.abs(logged.getScore()));
        return agrees ? Agreement.AGREES : Agreement.SCORE_DIFFERS;
    }

    private static int best(float[] scores, ExplainableModel model) throws RejectedRecordException {
        int best = 0;
        for (int i = 0; i < scores.length; i++) {
            if (!Float.isFinite(scores[i])) {
                throw new RejectedRecordException(
                        Reason.NOT_EXPLAINABLE,
                        "model %s scores class %d of this image as %s".formatted(model.name(), i, scores[i]));
            }
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
