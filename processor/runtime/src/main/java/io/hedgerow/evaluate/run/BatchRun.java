package io.hedgerow.evaluate.run;

import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.digest.Sha256;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a batch of pictures from the model's first word to measured trials. For one thread. */
final class BatchRun {
    /** Of no class: finite, and never looked at. */
    private static final Outputs NOT_YET = new Outputs(new float[0], new float[0]);

    private final Options options;
    private final Planner planner;
    private final Pictures pictures;
    private final Forwards forwards;
    private final List<Method> methods;
    private final WhereMeasures where;
    private final Stopwatch watch;

    /** What a trial came to. */
    record Result(Trial trial, Outputs outputs, Map<String, Measurements> methods) {}

    BatchRun(
            Options options,
            Planner planner,
            Pictures pictures,
            Forwards forwards,
            List<Method> methods,
            Stopwatch watch) {
        this.options = options;
        this.planner = planner;
        this.pictures = pictures;
        this.forwards = forwards;
        this.methods = methods;
        this.where = new WhereMeasures(options);
        this.watch = watch;
    }

    /** A picture with what is asked of it. */
    private record Asked(Subject subject, List<Trial> trials) {}

    /** What maps depend on: equal pictures of one batch are one subject, whatever they are called. */
    private record Contents(ImageTensor tensor, List<Integer> classes) {}

    List<Result> run(List<Picture> batch, Collection<LeftOut> leftOut) {
        List<Outputs> outputs = outputs(batch);
        List<Asked> asked = new ArrayList<>();
        Map<Contents, Subject> subjects = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Picture picture = batch.get(i);
            if (!outputs.get(i).isFinite()) {
                leftOut.add(new LeftOut(picture.name(), "", Reason.SCORES_NOT_FINITE, "the model's scores"));
                continue;
            }
            List<Trial> trials = planner.plan(picture, outputs.get(i), leftOut);
            if (!trials.isEmpty()) {
                int[] classes = classes(trials, outputs.get(i));
                Outputs said = outputs.get(i);
                Subject subject = subjects.computeIfAbsent(
                        new Contents(
                                picture.tensor(), Arrays.stream(classes).boxed().toList()),
                        contents -> new Subject(picture.name(), picture.tensor(), said, classes, seed(picture.name())));
                asked.add(new Asked(subject, trials));
            }
        }
        return asked.isEmpty() ? List.of() : measure(asked, leftOut);
    }

    /** Those of trials, and where it is wanted one that none is of. */
    private int[] classes(List<Trial> trials, Outputs outputs) {
        int[] asked = trials.stream().mapToInt(Trial::index).toArray();
        return options.has(Metric.CLASS_SENSITIVITY) ? ClassSensitivity.withAnother(asked, outputs) : asked;
    }

    /** Explaining says what the model says too: a forward pass of its own would cost a sixth of it. */
    private List<Outputs> outputs(List<Picture> batch) {
        boolean isTold = !options.asksTheModel()
                && batch.stream().allMatch(planner::isPlainOf)
                && methods.stream().noneMatch(Method::needsOutputs);
        if (isTold) {
            return Collections.nCopies(batch.size(), NOT_YET);
        }
        List<ImageTensor> distinct =
                batch.stream().map(Picture::tensor).distinct().toList();
        List<Outputs> outputs = watch.time("forward", () -> forwards.predict(distinct));
        return batch.stream()
                .map(picture -> outputs.get(distinct.indexOf(picture.tensor())))
                .toList();
    }

    private long seed(String picture) {
        String digits = Sha256.hex(options.seed() + " " + picture).substring(0, 16);
        return Long.parseUnsignedLong(digits, 16);
    }

    private List<Result> measure(List<Asked> asked, Collection<LeftOut> leftOut) {
        List<Subject> subjects = asked.stream().map(Asked::subject).distinct().toList();
        Map<Method, List<Explained>> maps = new LinkedHashMap<>();
        for (Method method : methods) {
            maps.put(method, watch.time("maps: " + method.key(), () -> method.explain(subjects)));
        }
        List<Result> results = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        watch.time("measuring", () -> {
            for (int i = 0; i < asked.size(); i++) {
                ask(asked.get(i), subjects.indexOf(asked.get(i).subject()), maps, results, answers, leftOut);
            }
            return results;
        });
        watch.time("forward", () -> {
            forwards.run();
            return results;
        });
        watch.time("measuring", () -> {
            answers.forEach(Runnable::run);
            return results;
        });
        return results;
    }

    private void ask(
            Asked asked,
            int i,
            Map<Method, List<Explained>> maps,
            List<Result> results,
            List<Runnable> answers,
            Collection<LeftOut> leftOut) {
        Subject subject = asked.subject();
        TensorSpec spec = subject.tensor().spec();
        Outputs outputs = told(subject, i, maps);
        int[] permutation =
                options.needsOrder() ? Order.permutation(spec.height() * spec.width(), subject.seed()) : new int[0];
        PartMeasures parts = parts(asked, leftOut);
        SingleDeletion deletion = options.has(Metric.SINGLE_DELETION)
                ? new SingleDeletion(forwards, subject, spec.height(), spec.width())
                : null;
        for (int k = 0; k < asked.trials().size(); k++) {
            int of = k;
            Trial trial = asked.trials().get(k);
            Map<String, Measurements> ofMethods = new LinkedHashMap<>();
            for (Map.Entry<Method, List<Explained>> entry : maps.entrySet()) {
                Measurements measured = new Measurements(options);
                ofMethods.put(entry.getKey().key(), measured);
                Relevance map = Relevance.of(entry.getValue().get(i).maps().get(k), spec.height(), spec.width());
                if (!map.isFinite()) {
                    leftOut.add(new LeftOut(
                            trial.picture().name(),
                            trial.label(),
                            Reason.MAP_NOT_FINITE,
                            entry.getKey().key()));
                    continue;
                }
                where.measure(trial, map, permutation, measured);
                if (subject.classes().length > asked.trials().size()) {
                    Relevance other = Relevance.of(
                            entry.getValue().get(i).maps().get(asked.trials().size()), spec.height(), spec.width());
                    measured.put(Metric.CLASS_SENSITIVITY, ClassSensitivity.of(map, other));
                }
                FaithfulMeasures faithful =
                        new FaithfulMeasures(options, forwards, subject, map, k, deletion, permutation, measured);
                if (options.has(Metric.COMPLETENESS) && entry.getKey().hasBaseline()) {
                    SignedMap whole = entry.getValue().get(i).maps().get(k);
                    Completeness completeness = new Completeness(forwards, subject);
                    answers.add(() -> measured.put(Metric.COMPLETENESS, completeness.gap(whole, of)));
                }
                answers.add(() -> {
                    faithful.answer();
                    if (parts != null) {
                        parts.measure(map, of, measured);
                    }
                });
            }
            results.add(new Result(trial, outputs, ofMethods));
        }
    }

    private Outputs told(Subject subject, int i, Map<Method, List<Explained>> maps) {
        if (subject.outputs().scores().length > 0) {
            return subject.outputs();
        }
        for (List<Explained> explained : maps.values()) {
            Outputs outputs = explained.get(i).outputs();
            if (outputs != null) {
                return outputs;
            }
        }
        return watch.time(
                "forward", () -> forwards.predict(List.of(subject.tensor())).get(0));
    }

    private @Nullable PartMeasures parts(Asked asked, Collection<LeftOut> leftOut) {
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
