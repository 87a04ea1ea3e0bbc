package io.hedgerow.evaluate.run;

import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.digest.Sha256;
import io.hedgerow.evaluate.data.Reason;
import io.hedgerow.evaluate.methods.Method;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.perturbation.Forwards;
import io.hedgerow.evaluate.perturbation.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of a batch of pictures: its trials, and the subjects that they are of. For one thread. */
final class Questions {
    /** Of no class: finite, and never looked at. */
    private static final Outputs NOT_YET = new Outputs(new float[0], new float[0]);

    private final Options options;
    private final Planner planner;
    private final Forwards forwards;
    private final boolean needsOutputs;

    Questions(Options options, Planner planner, Forwards forwards, List<Method> methods) {
        this.options = options;
        this.planner = planner;
        this.forwards = forwards;
        this.needsOutputs = options.asksTheModel() || methods.stream().anyMatch(Method::needsOutputs);
    }

    /** A picture with what is asked of it. */
    record Asked(Subject subject, List<Trial> trials) {}

    /**
     * A picture with its trials where they can be told without asking the model.
     *
     * @param trials null if they can't
     */
    record Planned(Picture picture, @Nullable List<Trial> trials) {}

    /** Plans ahead what can be, masks above all, which take a while of large pictures. Safe from any thread. */
    Planned ahead(Picture picture, Collection<LeftOut> leftOut) {
        return new Planned(picture, planner.isPlainOf(picture) ? planner.plan(picture, NOT_YET, leftOut) : null);
    }

    /**
     * Plans the trials of pictures; those that come to none are not among what is asked.
     *
     * @param outputs what the model says of them, as {@link #outputs} gives it
     */
    List<Asked> of(List<Planned> batch, IdentityHashMap<ImageTensor, Outputs> outputs, Collection<LeftOut> leftOut) {
        List<Asked> asked = new ArrayList<>();
        // equal pictures have one tensor, and comparing its values would take longer than most of what is measured
        IdentityHashMap<ImageTensor, Map<List<Integer>, Subject>> subjects = new IdentityHashMap<>();
        for (Planned one : batch) {
            Picture picture = one.picture();
            Outputs said = outputs.getOrDefault(picture.tensor(), NOT_YET);
            if (!said.isFinite()) {
                leftOut.add(new LeftOut(picture.name(), "", Reason.SCORES_NOT_FINITE, "the model's scores"));
                continue;
            }
            List<Trial> trials = one.trials() == null ? planner.plan(picture, said, leftOut) : one.trials();
            if (!trials.isEmpty()) {
                int[] classes = classes(trials, said);
                Subject subject = subjects.computeIfAbsent(picture.tensor(), tensor -> new HashMap<>())
                        .computeIfAbsent(
                                Arrays.stream(classes).boxed().toList(),
                                same -> new Subject(
                                        picture.name(), picture.tensor(), said, classes, seed(picture.name())));
                asked.add(new Asked(subject, trials));
            }
        }
        return asked;
    }

    /** Those of trials, and where it is wanted one that none is of. */
    private int[] classes(List<Trial> trials, Outputs outputs) {
        int[] asked = trials.stream().mapToInt(Trial::index).toArray();
        return options.has(Metric.CLASS_SENSITIVITY) ? ClassSensitivity.withAnother(asked, outputs) : asked;
    }

    /** What the model says of pictures; nothing where explaining says it in time: a forward pass would cost a sixth of it. */
    IdentityHashMap<ImageTensor, Outputs> outputs(List<Planned> batch) {
        if (!needsOutputs && batch.stream().allMatch(one -> one.trials() != null)) {
            return new IdentityHashMap<>();
        }
        IdentityHashMap<ImageTensor, Outputs> byTensor = new IdentityHashMap<>();
        List<ImageTensor> distinct = new ArrayList<>();
        for (Planned one : batch) {
            if (byTensor.put(one.picture().tensor(), NOT_YET) == null) {
                distinct.add(one.picture().tensor());
            }
        }
        List<Outputs> outputs = forwards.predict(distinct);
        for (int i = 0; i < outputs.size(); i++) {
            byTensor.put(distinct.get(i), outputs.get(i));
        }
        return byTensor;
    }

    private long seed(String picture) {
        String digits = Sha256.hex(options.seed() + " " + picture).substring(0, 16);
        return Long.parseUnsignedLong(digits, 16);
    }
}
