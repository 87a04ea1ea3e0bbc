package io.hedgerow.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.evaluate.data.ClassMap;
import io.hedgerow.evaluate.methods.ControlMethod;
import io.hedgerow.evaluate.methods.HedgingMethod;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods that a loaded model can be explained with, and what runs them. */
final class EvaluateMethods {
    private final EvaluatedModel model;
    private final @Nullable Path maps;
    private final Forwards forwards;
    private final Stopwatch watch = new Stopwatch();
    private final Instant start = Instant.now();
    private final Map<String, Method> methods = new LinkedHashMap<>();

    /** @param maps folder that every map is written to; null if none is */
    EvaluateMethods(EvaluatedModel model, @Nullable Path maps) {
        this.model = model;
        this.maps = maps;
        this.forwards = new Forwards(
                new CompiledClassifier(model.forward()),
                new Covers(model.input(), model.yaml().input()),
                Options.FORWARD_BATCH);
        add(new HedgingMethod("hedging", model.explaining(), 2));
        add(new HedgingMethod("hedging-1", model.explaining(), 1));
        add(new OcclusionMethod(forwards));
    }

    private void add(Method method) {
        methods.put(method.key(), method);
    }

    boolean has(String name) {
        return methods.containsKey(name);
    }

    Set<String> known() {
        return methods.keySet();
    }

    /** Those named, then the controls. */
    List<Method> of(List<String> names) {
        List<Method> chosen = new ArrayList<>();
        for (String name : names) {
            Method method = methods.get(name);
            if (method != null && !chosen.contains(method)) {
                chosen.add(method);
            }
        }
        chosen.addAll(List.of(ControlMethod.values()));
        return chosen;
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
