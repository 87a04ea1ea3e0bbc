package io.hedgerow.evaluate.run;

import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.evaluate.methods.Explained;
import io.hedgerow.evaluate.methods.Method;
import io.hedgerow.evaluate.perturbation.Forwards;
import io.hedgerow.evaluate.perturbation.Subject;
import io.hedgerow.evaluate.randomisation.Randomisation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a batch of pictures from the model's first word to measured trials. For one thread. */
final class BatchRun {
    private final Questions questions;
    private final MapQuestions ofMaps;
    private final Forwards forwards;
    private final List<Method> methods;
    private final @Nullable Randomisation randomisation;
    private final Stopwatch watch;

    /** @param randomisation what tells whether maps depend on what was learned; null if that is not asked */
    BatchRun(
            Questions questions,
            MapQuestions ofMaps,
            Forwards forwards,
            List<Method> methods,
            @Nullable Randomisation randomisation,
            Stopwatch watch) {
        this.questions = questions;
        this.ofMaps = ofMaps;
        this.forwards = forwards;
        this.methods = methods;
        this.randomisation = randomisation;
        this.watch = watch;
    }

    /** @param isRandomised whether this batch's maps are compared with those of models that forgot */
    List<TrialResult> run(List<Questions.Planned> batch, boolean isRandomised, Collection<LeftOut> leftOut) {
        IdentityHashMap<ImageTensor, Outputs> outputs = watch.time("scores", () -> questions.outputs(batch));
        List<Questions.Asked> asked = watch.time("asking", () -> questions.of(batch, outputs, leftOut));
        if (asked.isEmpty()) {
            return List.of();
        }
        List<Subject> subjects =
                asked.stream().map(Questions.Asked::subject).distinct().toList();
        Map<Method, List<Explained>> maps = new LinkedHashMap<>();
        for (Method method : methods) {
            String what = (method.isControl() ? "control: " : "maps: ") + method.key();
            maps.put(method, watch.time(what, () -> method.explain(subjects)));
        }
        List<TrialResult> results = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        watch.run("measuring", () -> {
            for (Questions.Asked one : asked) {
                ofMaps.ask(one, of(subjects.indexOf(one.subject()), maps), results, answers, leftOut);
            }
        });
        watch.run("forward", forwards::run);
        watch.run("measuring", () -> answers.forEach(Runnable::run));
        if (isRandomised && randomisation != null) {
            watch.run("randomisation", () -> randomise(randomisation, asked, subjects, maps, results));
        }
        return results;
    }

    private static Map<Method, Explained> of(int subject, Map<Method, List<Explained>> maps) {
        Map<Method, Explained> ofSubject = new LinkedHashMap<>();
        maps.forEach((method, explained) -> ofSubject.put(method, explained.get(subject)));
        return ofSubject;
    }

    /** All subjects go through each model together, for the classes of their trials alone. */
    private void randomise(
            Randomisation with,
            List<Questions.Asked> asked,
            List<Subject> subjects,
            Map<Method, List<Explained>> maps,
            List<TrialResult> results) {
        List<Subject> ofTrials = new ArrayList<>();
        for (Subject subject : subjects) {
            int trials = asked.stream()
                    .filter(one -> one.subject().equals(subject))
                    .mapToInt(one -> one.trials().size())
                    .max()
                    .orElse(0);
            ofTrials.add(new Subject(
                    subject.name(),
                    subject.tensor(),
                    subject.outputs(),
                    Arrays.copyOf(subject.classes(), trials),
                    subject.seed()));
        }
        Map<String, List<Explained>> byKey = new LinkedHashMap<>();
        maps.forEach((method, explained) -> byKey.put(method.key(), explained));
        Map<String, Randomisation.Changes> changes = with.of(ofTrials, byKey);
        int result = 0;
        for (Questions.Asked one : asked) {
            for (int k = 0; k < one.trials().size(); k++, result++) {
                int of = k;
                results.get(result).methods().forEach((method, measured) -> {
                    Randomisation.Changes ofMethod = changes.get(method);
                    if (ofMethod != null) {
                        ofMethod.of(subjects.indexOf(one.subject()), of).ifPresent(measured::put);
                    }
                });
            }
        }
    }
}
