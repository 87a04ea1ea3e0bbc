package io.hedgerow.cli.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.cli.console.Version;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.digest.Sha256;
import io.hedgerow.evaluate.data.ClassMap;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.methods.Method;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.randomisation.Randomisation;
import io.hedgerow.evaluate.randomisation.RandomisedModels;
import io.hedgerow.evaluate.run.Options;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that a report depends on, written down; two evaluations with equal ones come to the same. */
final class EvaluateSettings {
    private final ObjectMapper json = new ObjectMapper();
    private final EvaluatedModel model;
    private final Options options;
    private final ClassMap classes;
    private final int draws;
    private final @Nullable RandomisedModels forgetful;

    /** @param forgetful models that forgot what this one learned; null if no metric needs them */
    EvaluateSettings(
            EvaluatedModel model, Options options, ClassMap classes, int draws, @Nullable RandomisedModels forgetful) {
        this.model = model;
        this.options = options;
        this.classes = classes;
        this.draws = draws;
        this.forgetful = forgetful;
    }

    JsonNode json(String kind, List<Sample> samples, List<Method> methods) throws IOException {
        ObjectNode settings = json.createObjectNode();
        settings.put("hedgerow", Version.current());
        ExplanationInfo info = model.info();
        settings.putObject("model")
                .put("name", model.yaml().name())
                .put("sha256", info.modelSha256())
                .put("rules", info.format())
                .put("referenceLayer", info.referenceLayer())
                .put("output", info.output().kind().toString())
                .put("input", model.input().toString());
        settings.putObject("data")
                .put("kind", kind)
                .put("pictures", samples.size())
                .put("sha256", Sha256.hex(samples.stream().map(Sample::name).collect(Collectors.joining("\n"))))
                .put("classes", classes.all().size())
                .put("classesSha256", Sha256.hex(classes.all().toString()));
        settings.put("explain", options.explain().name().toLowerCase(Locale.ROOT))
                .put("seed", options.seed())
                .put("draws", draws)
                .put("largestRegion", options.largestRegion())
                .put("tolerance", Options.TOLERANCE)
                .put("smoothing", Options.SMOOTHING)
                .put("difficultArea", Options.DIFFICULT_AREA)
                .put("batch", Options.BATCH)
                .put("forwardBatch", Options.FORWARD_BATCH)
                .put("threads", Runtime.getRuntime().availableProcessors());
        if (forgetful != null) {
            settings.put("picturesToForgetfulModels", Randomisation.PICTURES)
                    .put("drawsOfForgetfulModels", Randomisation.DRAWS);
            forgetful.shares().forEach(settings.putArray("layersForgotten")::add);
        }
        ArrayNode listed = settings.putArray("methods");
        for (Method method : methods) {
            listed.addObject()
                    .put("name", method.key())
                    .put("version", method.version())
                    .put("control", method.isControl())
                    .set("parameters", json.valueToTree(method.parameters()));
        }
        ArrayNode measured = settings.putArray("metrics");
        for (Metric metric : Metric.values()) {
            if (options.metrics().contains(metric)) {
                measured.add(metric.key());
            }
        }
        // numbers as reading them again gives them, so that both can be compared
        return json.readTree(json.writeValueAsString(settings));
    }
}
