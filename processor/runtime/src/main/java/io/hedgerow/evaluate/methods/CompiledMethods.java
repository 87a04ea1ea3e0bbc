package io.hedgerow.evaluate.methods;

import ai.djl.translate.TranslateException;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.evaluate.perturbation.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The methods that a model was compiled with. They share the forward pass: what one is asked for of some pictures, all make of
 * them at once, unless it is asked for with a number that isn't the usual one.
 */
public final class CompiledMethods {
    private final CompiledModel model;
    private List<Subject> explained = List.of();
    /** What all methods made of those, in the order of the model's; null if some map was not finite. */
    private @Nullable List<List<Attribution>> together;

    public CompiledMethods(CompiledModel model) {
        this.model = model;
    }

    /**
     * One of them.
     *
     * @param key as the command line and reports call it
     * @param name of the compiled method
     * @param parameters that it takes with each picture and that aren't as usual
     */
    public Method method(String key, String name, Map<String, Float> parameters) {
        List<ExplanationInfo.Method> methods = model.methods();
        for (int i = 0; i < methods.size(); i++) {
            if (methods.get(i).name().equals(name)) {
                return new Compiled(key, i, methods.get(i), parameters);
            }
        }
        throw new IllegalArgumentException("the model was compiled without " + name);
    }

    private @Nullable List<List<Attribution>> together(List<Subject> subjects) throws TranslateException {
        if (!subjects.equals(explained)) {
            explained = List.of();
            together = all(subjects);
            explained = List.copyOf(subjects);
        }
        return together;
    }

    private @Nullable List<List<Attribution>> all(List<Subject> subjects) throws TranslateException {
        try {
            return model.applyAll(subjects.stream()
                    .map(subject -> new AttributionRequest(subject.tensor(), subject.classes()))
                    .toList());
        } catch (ArithmeticException e) {
            // of some picture by some method: each says by itself of which
            return null;
        }
    }

    private final class Compiled implements Method {
        private final String key;
        private final int index;
        private final ExplanationInfo.Method method;
        private final Map<String, Float> asked;

        Compiled(String key, int index, ExplanationInfo.Method method, Map<String, Float> asked) {
            this.key = key;
            this.index = index;
            this.method = method;
            this.asked = asked;
        }

        @Override
        public String key() {
            return key;
        }

        @Override
        public String version() {
            return method.version();
        }

        @Override
        public Map<String, Object> parameters() {
            Map<String, Object> parameters = new TreeMap<>(method.parameters());
            method.imageParameters()
                    .forEach(one -> parameters.put(one.name(), asked.getOrDefault(one.name(), one.usual())));
            return parameters;
        }

        @Override
        public boolean hasBaseline() {
            return "mean-colour".equals(method.parameters().get("baseline"));
        }

        @Override
        public List<Explained> explain(List<Subject> subjects) {
            try {
                List<List<Attribution>> all = asked.isEmpty() ? together(subjects) : null;
                return all == null
                        ? alone(subjects)
                        : all.stream().map(one -> explained(one.get(index))).toList();
            } catch (TranslateException e) {
                throw new IllegalStateException("the model does not run: " + e.getMessage(), e);
            }
        }

        private List<Explained> alone(List<Subject> subjects) throws TranslateException {
            try {
                return model
                        .apply(subjects.stream()
                                .map(subject -> new AttributionRequest(
                                        subject.tensor(), subject.classes(), asked, method.name()))
                                .toList())
                        .stream()
                        .map(Compiled::explained)
                        .toList();
            } catch (ArithmeticException e) {
                if (subjects.size() == 1) {
                    return List.of(none(subjects.get(0)));
                }
                List<Explained> explained = new ArrayList<>();
                for (Subject subject : subjects) {
                    explained.addAll(alone(List.of(subject)));
                }
                return explained;
            }
        }

        private static Explained explained(Attribution attribution) {
            List<SignedMap> maps = new ArrayList<>();
            for (int k = 0; k < attribution.classes().length; k++) {
                maps.add(attribution.map(k, MapTransform.IDENTITY));
            }
            return new Explained(maps, new Outputs(attribution.predictions(), attribution.scores()));
        }

        private static Explained none(Subject subject) {
            SignedMap nothing = new SignedMap(new float[] {Float.NaN}, 1, 1, MapTransform.IDENTITY);
            return new Explained(Collections.nCopies(subject.classes().length, nothing), null);
        }
    }
}
