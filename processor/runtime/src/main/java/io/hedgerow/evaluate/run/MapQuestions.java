package io.hedgerow.evaluate.run;

import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.Reason;
import io.hedgerow.evaluate.methods.Explained;
import io.hedgerow.evaluate.methods.Method;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.metrics.Order;
import io.hedgerow.evaluate.metrics.Relevance;
import io.hedgerow.evaluate.perturbation.Completeness;
import io.hedgerow.evaluate.perturbation.Forwards;
import io.hedgerow.evaluate.perturbation.SingleDeletion;
import io.hedgerow.evaluate.perturbation.Subject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures the maps of a picture: what they say alone at once, what the model says of them once the forward passes have run. */
final class MapQuestions {
    private final Options options;
    private final Pictures pictures;
    private final Forwards forwards;
    private final WhereMeasures where;

    MapQuestions(Options options, Pictures pictures, Forwards forwards) {
        this.options = options;
        this.pictures = pictures;
        this.forwards = forwards;
        this.where = new WhereMeasures(options);
    }

    /**
     * Measures, and asks the model.
     *
     * @param maps of the picture, by method
     * @param results takes one for each trial, to be filled by the answers
     * @param answers what is still to be done after the forward passes
     */
    void ask(
            Questions.Asked asked,
            Map<Method, Explained> maps,
            List<TrialResult> results,
            List<Runnable> answers,
            Collection<LeftOut> leftOut) {
        Subject subject = asked.subject();
        TensorSpec spec = subject.tensor().spec();
        Outputs outputs = told(subject, maps.values());
        int[] permutation =
                options.needsOrder() ? Order.permutation(spec.height() * spec.width(), subject.seed()) : new int[0];
        PartMeasures parts = parts(asked, leftOut);
        SingleDeletion deletion = options.has(Metric.SINGLE_DELETION)
                ? new SingleDeletion(forwards, subject, spec.height(), spec.width())
                : null;
        int trials = asked.trials().size();
        for (int k = 0; k < trials; k++) {
            int of = k;
            Trial trial = asked.trials().get(k);
            Map<String, Measurements> ofMethods = new LinkedHashMap<>();
            for (Map.Entry<Method, Explained> entry : maps.entrySet()) {
                Measurements measured = new Measurements(options);
                ofMethods.put(entry.getKey().key(), measured);
                Explained explained = entry.getValue();
                Relevance map = map(explained, k, spec);
                if (!map.isFinite()) {
                    leftOut.add(new LeftOut(
                            trial.picture().name(),
                            trial.label(),
                            Reason.MAP_NOT_FINITE,
                            entry.getKey().key()));
                    continue;
                }
                where.measure(trial, map, permutation, measured);
                if (subject.classes().length > trials) {
                    measured.put(Metric.CLASS_SENSITIVITY, ClassSensitivity.of(map, map(explained, trials, spec)));
                }
                FaithfulMeasures faithful =
                        new FaithfulMeasures(options, forwards, subject, map, k, deletion, permutation, measured);
                if (options.has(Metric.COMPLETENESS) && entry.getKey().hasBaseline()) {
                    Completeness completeness = new Completeness(forwards, subject);
                    answers.add(() -> measured.put(
                            Metric.COMPLETENESS,
                            completeness.gap(explained.maps().get(of), of)));
                }
                answers.add(() -> {
                    faithful.answer();
                    if (parts != null) {
                        parts.measure(map, of, measured);
                    }
                });
            }
            results.add(new TrialResult(trial, outputs, ofMethods));
        }
    }

    private static Relevance map(Explained explained, int k, TensorSpec spec) {
        return Relevance.of(explained.maps().get(k), spec.height(), spec.width());
    }

    private Outputs told(Subject subject, Collection<Explained> maps) {
        if (subject.outputs().scores().length > 0) {
            return subject.outputs();
        }
        for (Explained explained : maps) {
            if (explained.outputs() != null) {
                return explained.outputs();
            }
        }
        return forwards.predict(List.of(subject.tensor())).get(0);
    }

    private @Nullable PartMeasures parts(Questions.Asked asked, Collection<LeftOut> leftOut) {
        Picture picture = asked.trials().get(0).picture();
        if (!options.hasAny(Metric.PART_ORDER, Metric.PART_SIGN)) {
            return null;
        }
        try {
            return new PartMeasures(picture, asked.subject(), pictures, forwards);
        } catch (BadDataException e) {
            leftOut.add(LeftOut.of(picture.name(), "", e));
            return null;
        }
    }
}
