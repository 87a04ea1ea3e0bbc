package io.hedgerow.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.compiler.Methods;
import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.evaluate.data.ClassMap;
import io.hedgerow.evaluate.methods.CompiledMethods;
import io.hedgerow.evaluate.methods.ControlMethod;
import io.hedgerow.evaluate.methods.Explained;
import io.hedgerow.evaluate.methods.KeptMaps;
import io.hedgerow.evaluate.methods.Method;
import io.hedgerow.evaluate.methods.OcclusionMethod;
import io.hedgerow.evaluate.perturbation.CompiledClassifier;
import io.hedgerow.evaluate.perturbation.Covers;
import io.hedgerow.evaluate.perturbation.Forwards;
import io.hedgerow.evaluate.perturbation.Subject;
import io.hedgerow.evaluate.randomisation.RandomisedModels;
import io.hedgerow.evaluate.run.Evaluation;
import io.hedgerow.evaluate.run.Options;
import io.hedgerow.evaluate.run.Pictures;
import io.hedgerow.evaluate.run.Stopwatch;
import io.hedgerow.evaluate.run.TrialLog;
import io.hedgerow.models.ModelSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The methods that a model is evaluated with, and what runs them. */
final class EvaluateMethods {
    /** The first of all methods goes by a short name here, and once more with ratio 1. */
    private static final String HEDGING = "hedging";

    private static final String HEDGING_1 = "hedging-1";
    private static final String OCCLUSION = "occlusion";

    private final EvaluatedModel model;
    private final @Nullable Path maps;
    private final Forwards forwards;
    private final CompiledMethods compiled;
    private final Stopwatch watch = new Stopwatch();
    private final Instant start = Instant.now();
    /** @param maps folder that every map is written to; null if none is */
    EvaluateMethods(EvaluatedModel model, @Nullable Path maps) {
        this.model = model;
        this.maps = maps;
        this.forwards = new Forwards(
                new CompiledClassifier(model.forward()),
                new Covers(model.input(), model.yaml().input()),
                Options.FORWARD_BATCH);
        this.compiled = new CompiledMethods(model.explaining());
    }

    /** What they are called. */
    static List<String> known() {
        return Stream.of(Stream.of(HEDGING, HEDGING_1), Methods.names().stream().skip(1), Stream.of(OCCLUSION))
                .flatMap(names -> names)
                .toList();
    }

    /** What a model is compiled with for some of them; with the usual method if none needs it to be. */
    static String[] compiled(List<String> names) {
        List<String> needed = names.stream()
                .filter(name -> !name.equals(OCCLUSION))
                .map(EvaluateMethods::compiled)
                .distinct()
                .toList();
        return (needed.isEmpty() ? List.of(compiled(HEDGING)) : needed).toArray(String[]::new);
    }

    private static String compiled(String name) {
        return name.equals(HEDGING) || name.equals(HEDGING_1) ? Methods.names().get(0) : name;
    }

    /** Those named, then the controls. */
    List<Method> of(List<String> names) {
        List<Method> chosen = new ArrayList<>();
        names.stream().distinct().forEach(name -> chosen.add(method(name)));
        chosen.addAll(List.of(ControlMethod.values()));
        return chosen;
    }

    private Method method(String name) {
        return switch (name) {
            case OCCLUSION -> new OcclusionMethod(forwards);
            case HEDGING_1 -> compiled.method(name, compiled(name), Map.of(ModelSource.RATIO, 1f));
            default -> compiled.method(name, compiled(name), Map.of());
        };
    }

    /** @param forgetful models that forgot what this one learned; null if no metric needs them */
    Evaluation evaluation(
            Options options, ClassMap classes, List<String> names, @Nullable RandomisedModels forgetful, TrialLog log) {
        List<Method> chosen = of(names);
        if (maps != null) {
            KeptMaps kept = new KeptMaps(maps);
            chosen = chosen.stream().map(kept::of).toList();
        }
        return new Evaluation(
                options,
                classes,
                model.labels(),
                model.info().output().activation().equals("sigmoid"),
                new Pictures(model.input(), model.yaml().input()),
                forwards,
                chosen,
                forgetful,
                log,
                watch);
    }

    /** What the model says of pictures, and what all methods make of them and the classes asked for. */
    Map<String, List<Explained>> explained(List<String> names, List<Subject> subjects) {
        List<Outputs> outputs =
                forwards.predict(subjects.stream().map(Subject::tensor).toList());
        List<Subject> own = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Subject one = subjects.get(i);
            own.add(new Subject(one.name(), one.tensor(), outputs.get(i), one.classes(), one.seed()));
        }
        Map<String, List<Explained>> explained = new LinkedHashMap<>();
        of(names).forEach(method -> explained.put(method.key(), method.explain(own)));
        return explained;
    }

    /** Writes what differs from run to run: time, machine, paths. */
    void writeRun(Path folder, Path modelPath, String data, int pictures) throws IOException {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode run = json.createObjectNode();
        run.put("started", start.toString()).put("ended", Instant.now().toString());
        run.put("model", modelPath.toString()).put("data", data).put("pictures", pictures);
        run.put("java", String.valueOf(Runtime.version()))
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        run.put("picturesThroughTheModel", forwards.passes()).put("picturesAskedFor", forwards.asked());
        ObjectNode seconds = run.putObject("seconds");
        watch.seconds().forEach(seconds::put);
        ratios(run.putObject("ratios"));
        json.writeValue(folder.resolve("run.json").toFile(), run);
    }

    /** What measuring costs beside what it can't do without: the same machine in the same minutes, so that loads cancel. */
    private void ratios(ObjectNode ratios) {
        double explaining = seconds("maps: ");
        double measuring = seconds("control: ") + seconds("asking") + seconds("measuring");
        if (explaining > 0) {
            ratios.put("explaining over explaining and measuring", explaining / (explaining + measuring));
        }
        if (Double.isFinite(forwards.overhead())) {
            ratios.put("forward passes over the model's own", forwards.overhead());
        }
    }

    private double seconds(String prefix) {
        return watch.seconds().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
