package io.hedgerow.evaluate.run;

import io.hedgerow.evaluate.metrics.Curve;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.metrics.Relevance;
import io.hedgerow.evaluate.perturbation.CellCurves;
import io.hedgerow.evaluate.perturbation.Cover;
import io.hedgerow.evaluate.perturbation.Covered;
import io.hedgerow.evaluate.perturbation.Forwards;
import io.hedgerow.evaluate.perturbation.PixelCurve;
import io.hedgerow.evaluate.perturbation.SingleDeletion;
import io.hedgerow.evaluate.perturbation.Subject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model's score says of a map. Everything is asked first, when this is made; what comes of it can be had once the forward
 * passes have run.
 */
final class FaithfulMeasures {
    private final List<Runnable> answers = new ArrayList<>();

    /**
     * @param deletion of the subject, shared by all of its maps; null if it is not wanted
     * @param k which of the subject's classes the map is of
     */
    FaithfulMeasures(
            Options options,
            Forwards forwards,
            Subject subject,
            Relevance map,
            int k,
            @Nullable SingleDeletion deletion,
            int[] permutation,
            Measurements into) {
        if (options.hasAny(Metric.SRG, Metric.MORF, Metric.LERF, Metric.AOPC, Metric.SRG_LOGIT)) {
            CellCurves curves = new CellCurves(forwards, subject, map, Cover.MEAN);
            answers.add(() -> {
                Curve morf = curves.morf(k);
                Curve lerf = curves.lerf(k);
                into.put(Metric.SRG_LOGIT, curves.srgOfScores(k));
                into.put(Metric.AOPC, morf.meanFall());
                between(Metric.SRG, Metric.MORF, morf, Metric.LERF, lerf, into);
            });
        }
        if (options.hasAny(Metric.SRG_BLUR, Metric.MORF_BLUR, Metric.LERF_BLUR, Metric.AOPC_BLUR)) {
            CellCurves curves = new CellCurves(forwards, subject, map, Cover.BLUR);
            answers.add(() -> {
                Curve morf = curves.morf(k);
                Curve lerf = curves.lerf(k);
                into.put(Metric.AOPC_BLUR, morf.meanFall());
                between(Metric.SRG_BLUR, Metric.MORF_BLUR, morf, Metric.LERF_BLUR, lerf, into);
            });
        }
        if (deletion != null) {
            answers.add(() -> into.put(Metric.SINGLE_DELETION, deletion.correlation(map, k)));
        }
        pixels(options, forwards, subject, map, k, permutation, into);
    }

    private void pixels(
            Options options,
            Forwards forwards,
            Subject subject,
            Relevance map,
            int k,
            int[] permutation,
            Measurements into) {
        boolean isFilledIn = options.hasAny(Metric.ROAD, Metric.ROAD_MORF, Metric.ROAD_LERF);
        boolean isInserted = options.hasAny(Metric.INSERTION_AE, Metric.INSERTION_AE_TOP1, Metric.INSERTION_AE_TOP1_15);
        if (!isInserted && !isFilledIn && !options.hasAny(Metric.RISE_INSERTION, Metric.RISE_DELETION)) {
            return;
        }
        Covered.Sequence sequence = PixelCurve.sequence(map.order(permutation), map.height(), map.width());
        int index = subject.classes()[k];
        if (isInserted) {
            PixelCurve curve = PixelCurve.insertionAe(forwards, subject, sequence);
            answers.add(() -> {
                into.put(Metric.INSERTION_AE, curve.scores(k).area());
                into.put(Metric.INSERTION_AE_TOP1, curve.first(index).area());
                into.put(Metric.INSERTION_AE_TOP1_15, curve.firstAt15(index));
                into.put("insertion-ae", curve.scores(k));
                into.put("insertion-ae-top1", curve.first(index));
            });
        }
        if (isFilledIn) {
            PixelCurve first = PixelCurve.roadMorf(forwards, subject, sequence);
            PixelCurve last = PixelCurve.roadLerf(forwards, subject, sequence);
            answers.add(() -> {
                Curve morf = first.scores(k);
                Curve lerf = last.scores(k);
                between(Metric.ROAD, Metric.ROAD_MORF, morf, Metric.ROAD_LERF, lerf, into);
            });
        }
        if (options.has(Metric.RISE_INSERTION)) {
            PixelCurve curve = PixelCurve.riseInsertion(forwards, subject, sequence);
            answers.add(() -> {
                into.put(Metric.RISE_INSERTION, curve.scores(k).area());
                into.put("rise-insertion", curve.scores(k));
            });
        }
        if (options.has(Metric.RISE_DELETION)) {
            PixelCurve curve = PixelCurve.riseDeletion(forwards, subject, sequence);
            answers.add(() -> {
                into.put(Metric.RISE_DELETION, curve.scores(k).area());
                into.put("rise-deletion", curve.scores(k));
            });
        }
    }

    /** Two curves, each with its area, and what is between them. */
    private static void between(Metric between, Metric first, Curve morf, Metric last, Curve lerf, Measurements into) {
        into.put(between, lerf.area() - morf.area());
        into.put(first, morf.area());
        into.put(last, lerf.area());
        into.put(first.key(), morf);
        into.put(last.key(), lerf);
    }

    /** Writes down what came of it. */
    void answer() {
        answers.forEach(Runnable::run);
    }
}
