package io.hedgerow.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.compiler.Methods;
import io.hedgerow.evaluate.data.ClassMap;
import io.hedgerow.evaluate.methods.CompiledMethods;
import io.hedgerow.evaluate.methods.ControlMethod;
import io.hedgerow.evaluate.methods.KeptMaps;
import io.hedgerow.evaluate.methods.Method;
import io.hedgerow.evaluate.methods.OcclusionMethod;
import io.hedgerow.evaluate.perturbation.CompiledClassifier;
import io.hedgerow.evaluate.perturbation.Covers;
import io.hedgerow.evaluate.perturbation.Forwards;
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

    Evaluation evaluation(Options options, ClassMap classes, List<String> names, TrialLog log) throws IOException {
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
                log,
                watch);
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
        json.writeValue(folder.resolve("run.json").toFile(), run);
    }
}
