package io.hedgerow.event;

import io.hedgerow.Prediction;
import io.hedgerow.models.ClassLabels;
import io.hedgerow.models.ExplainableModel;
import java.util.ArrayList;
import java.util.List;

/** Finds out which of a model's classes an event's predictions are about. Thread-safe. */
final class LoggedClasses {
    private static final int BY_LABEL = -1;
    private static final int LONGEST_LABEL = 100;

    /**
     * The predictions with the index of each class, those named by label alone included.
     *
     * @throws RejectedRecordException if a class can't be told, is none of the model's, or has another label there
     */
    List<Prediction> of(List<Prediction> predictions, ExplainableModel model) throws RejectedRecordException {
        boolean allIndexed = true;
        for (Prediction prediction : predictions) {
            check(prediction, model);
            allIndexed &= prediction.getClassIndex() != BY_LABEL;
        }
        if (allIndexed) {
            return predictions;
        }
        List<Prediction> indexed = new ArrayList<>(predictions.size());
        for (Prediction prediction : predictions) {
            int index = prediction.getClassIndex();
            indexed.add(
                    index != BY_LABEL
                            ? prediction
                            : new Prediction(
                                    model.labels().index(prediction.getLabel()),
                                    prediction.getLabel(),
                                    prediction.getScore()));
        }
        return indexed;
    }

    /** Refuses the index of a class that the model does not have. */
    static void checkIndex(String field, int index, ExplainableModel model) throws RejectedRecordException {
        if (index < 0 || index >= model.classes()) {
            throw bad("the event's %s name class %d; model %s has classes 0 to %d"
                    .formatted(field, index, model.name(), model.classes() - 1));
        }
    }

    private static void check(Prediction prediction, ExplainableModel model) throws RejectedRecordException {
        int index = prediction.getClassIndex();
        String label = prediction.getLabel();
        if (index == BY_LABEL) {
            checkIndex("predictions", indexOf(label, model), model);
            return;
        }
        checkIndex("predictions", index, model);
        String known = model.labels().label(index).strip();
        // RATIONALE: Why does a label that contradicts its index make a dead letter?
        if (!label.isBlank() && !known.isEmpty() && !label.strip().equals(known)) {
            int other = model.labels().index(label);
            throw bad(
                    "the event's predictions call class %d '%s', model %s calls it '%s'%s; mend the event or the labels"
                            .formatted(
                                    index,
                                    shortened(label),
                                    model.name(),
                                    known,
                                    other < 0 ? "" : ", and class " + other + " '" + known(other, model) + "'"));
        }
    }

    private static int indexOf(String label, ExplainableModel model) throws RejectedRecordException {
        ClassLabels labels = model.labels();
        if (label.isBlank()) {
            throw bad("the event's predictions name a class by neither index nor label");
        }
        int index = labels.index(label);
        if (index == ClassLabels.AMBIGUOUS) {
            throw bad("the event's predictions name a class '%s' without its index; model %s calls several classes so"
                    .formatted(shortened(label), model.name()));
        }
        if (index == ClassLabels.UNKNOWN) {
            throw bad("the event's predictions name a class '%s' without its index; model %s %s"
                    .formatted(
                            shortened(label),
                            model.name(),
                            labels.isEmpty() ? "has no labels: give it a labels.txt" : "has no class of that label"));
        }
        return index;
    }

    private static String known(int index, ExplainableModel model) {
        return model.labels().label(index).strip();
    }

    private static String shortened(String label) {
        return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL) + "…";
    }

    private static RejectedRecordException bad(String message) {
        return new RejectedRecordException(Reason.BAD_CLASS, message);
    }
}
