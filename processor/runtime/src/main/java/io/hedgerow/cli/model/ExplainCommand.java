package io.hedgerow.cli.model;

import ai.djl.translate.TranslateException;
import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.models.ModelSource;
import io.hedgerow.preprocess.ModelYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hedgerow explain}: maps of files, without Kafka. */
@Command(
        name = "explain",
        description =
                "Explains images, or raw inputs in a .npy file: maps as .npy, scores and regions as .json, overlays as"
                        + " .png.")
public final class ExplainCommand implements Callable<Integer> {
    private static final int BATCH = 8;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--class",
            paramLabel = "N",
            description = "Index of a class to explain; may be repeated (default: each image's top class).")
    private List<Integer> classes = List.of();

    @Option(names = "--ratio", paramLabel = "R", description = "Hedging ratio, 1 to 2 (default: 2).")
    private @Nullable Float ratio;

    @Option(
            names = "--preprocess",
            paramLabel = "FILE",
            description = "Settings to use in place of model.yaml in the model's folder.")
    private @Nullable Path preprocess;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write; made if need be.")
    private Path out = Path.of("");

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Images (JPEG, PNG, BMP, GIF, WebP, TIFF), or .npy files.")
    private List<Path> files = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, TranslateException {
        Float asked = ratio;
        if (asked != null && !(asked >= 1 && asked <= 2)) {
            throw new ParameterException(spec.commandLine(), "--ratio " + asked + ": takes 1 to 2");
        }
        Path settings = preprocess;
        if (settings != null && !Files.isRegularFile(settings)) {
            throw new ParameterException(spec.commandLine(), "--preprocess " + settings + ": there is no such file");
        }
        Path compiled = compiled();
        ModelYaml yaml = settings == null ? ModelYaml.of(model.model()) : ModelYaml.read(model.model(), settings);
        ExplanationInfo info = ExplanationInfo.read(compiled);
        requireClasses(info);
        Map<String, Float> parameters = parameters(info.method(), asked);
        Files.createDirectories(out);
        info.unexplained().forEach(part -> spec.commandLine()
                .getErr()
                .println("hedgerow: left out of the maps, not of the scores: " + part));
        InputFiles inputs = new InputFiles(info, yaml, model.model());
        ExplanationFiles outputs = new ExplanationFiles(out, info, yaml.labels(), parameters);
        DecoderHint hint = new DecoderHint(yaml.input().decoder());
        int failed = 0;
        @Nullable CompiledModel loaded = null;
        try {
            for (Path file : files) {
                try {
                    List<InputFiles.Input> read = inputs.read(file);
                    TensorSpec input = read.get(0).tensor().spec();
                    if (loaded == null || !loaded.input().equals(input)) {
                        if (loaded != null) {
                            loaded.close();
                        }
                        loaded = CompiledModel.load(compiled, input, TensorFlowDevice.CPU);
                    }
                    explain(read, parameters, loaded, outputs, hint);
                } catch (UnusableFileException e) {
                    failed++;
                    spec.commandLine().getErr().println("hedgerow: " + e.getMessage());
                }
            }
        } finally {
            if (loaded != null) {
                loaded.close();
            }
        }
        hint.text().ifPresent(spec.commandLine().getErr()::println);
        return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Path compiled() throws IOException {
        try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr())) {
            return model.repository(bar::show).compiled(model.model(), model.compileOptions());
        }
    }

    private void explain(
            List<InputFiles.Input> inputs,
            Map<String, Float> parameters,
            CompiledModel loaded,
            ExplanationFiles outputs,
            DecoderHint hint)
            throws IOException, TranslateException {
        for (int from = 0; from < inputs.size(); from += BATCH) {
            List<InputFiles.Input> part = inputs.subList(from, Math.min(inputs.size(), from + BATCH));
            List<AttributionRequest> requests = new ArrayList<>();
            for (InputFiles.Input input : part) {
                requests.add(new AttributionRequest(input.tensor(), asked(), parameters));
            }
            List<Attribution> attributions = loaded.apply(requests);
            for (int i = 0; i < part.size(); i++) {
                String line = outputs.write(part.get(i), attributions.get(i));
                spec.commandLine().getOut().println(line);
                hint.compare(part.get(i), attributions.get(i), loaded);
            }
        }
    }

    /** What its method takes with each image, as asked for or as usual. */
    private Map<String, Float> parameters(ExplanationInfo.Method method, @Nullable Float ratio) {
        boolean takesRatio =
                method.imageParameters().stream().anyMatch(one -> one.name().equals(ModelSource.RATIO));
        if (ratio != null && !takesRatio) {
            throw new ParameterException(spec.commandLine(), "--ratio " + ratio + ": " + method.name() + " has none");
        }
        Map<String, Float> parameters = new TreeMap<>();
        method.imageParameters().forEach(one -> parameters.put(one.name(), one.usual()));
        if (ratio != null) {
            parameters.put(ModelSource.RATIO, ratio);
        }
        return parameters;
    }

    private int[] asked() {
        return classes.isEmpty()
                ? new int[] {AttributionRequest.TOP}
                : classes.stream().mapToInt(Integer::intValue).toArray();
    }

    private void requireClasses(ExplanationInfo info) {
        for (int index : classes) {
            if (index < 0 || index >= info.classes()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--class %d: the model has classes 0 to %d".formatted(index, info.classes() - 1));
            }
        }
    }
}
