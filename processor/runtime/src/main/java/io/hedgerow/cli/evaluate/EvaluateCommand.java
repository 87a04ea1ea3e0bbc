package io.hedgerow.cli.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.cli.model.ModelOptions;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.demo.SurfaceDataset;
import io.hedgerow.evaluate.data.ClassMap;
import io.hedgerow.evaluate.data.ClassSuggestions;
import io.hedgerow.evaluate.data.DataKind;
import io.hedgerow.evaluate.data.Dataset;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.randomisation.RandomisedModels;
import io.hedgerow.evaluate.run.Batches;
import io.hedgerow.evaluate.run.Evaluation;
import io.hedgerow.evaluate.run.Explain;
import io.hedgerow.evaluate.run.Options;
import io.hedgerow.evaluate.run.TrialLog;
import io.hedgerow.service.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hedgerow evaluate}: how good a model's explanations are, on pictures of one's own. */
@Command(
        name = "evaluate",
        description =
                "Measures explanations on annotated pictures: where they point, whether the model's score bears them"
                        + " out, and how sure that is.")
public final class EvaluateCommand implements Callable<Integer> {
    private static final Duration LAST_WORDS = Duration.ofMinutes(10);

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "[KIND:]PATH",
            description = "Annotated pictures: coco, voc, imagenet, folder, labelme or yolo and a path; or demo:defect,"
                    + " demo:sticker.")
    private String data = "";

    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description =
                    "Which of the model's classes, by index or label, stand for each of the data set's; YAML or JSON"
                            + " (default: those of the same name).")
    private @Nullable Path classes;

    @Option(
            names = "--class-offset",
            paramLabel = "N",
            description = "Added to every index in --classes (default: ${DEFAULT-VALUE}).")
    private int classOffset;

    @Option(
            names = "--suggest-classes",
            description = "Print a class map, proposed by the classes' names, to be looked over; evaluate nothing.")
    private boolean suggest;

    @Mixin
    private final MeasuringOptions measuring = new MeasuringOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write; made if need be (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("evaluation");

    @Option(names = "--resume", description = "Go on with what is in --out.")
    private boolean resume;

    @Option(names = "--maps", description = "Write every map to --out as .npy too.")
    private boolean maps;

    @Option(
            names = "--against",
            paramLabel = "DIR|METHOD",
            description =
                    "Compare with another evaluation's folder, or with another of the methods, and end with 1 if a"
                            + " metric of --gate is worse by more than chance.")
    private @Nullable String against;

    @Option(
            names = "--gate",
            split = ",",
            paramLabel = "NAME",
            description = "Metrics that may not be worse than --against (default: energy, srg, pointing).")
    private List<String> gate = List.of("energy", "srg", "pointing");

    @Option(names = "-v", description = "Print a line for each trial.")
    private boolean verbose;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Options options = measuring.options();
        Set<Metric> gated = measuring.metrics("--gate", gate);
        require(
                !spec.commandLine().getParseResult().hasMatchedOption("--method"),
                "--method: to evaluate takes several, as --methods");
        Dataset dataset = data.startsWith("demo:") ? SurfaceDataset.of(data, measuring.seed()) : DataKind.open(data);
        Path compiled = compiled();
        try (EvaluatedModel evaluated = EvaluatedModel.load(model.model(), compiled)) {
            if (suggest) {
                spec.commandLine().getOut().print(new ClassSuggestions(evaluated.labels()).yaml(dataset.classes()));
                return CommandLine.ExitCode.OK;
            }
            return evaluate(options, dataset, evaluated, gated);
        }
    }

    private Path compiled() throws IOException {
        try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr())) {
            return model.repository(bar::show).compiled(model.model(), compileOptions());
        }
    }

    private CompileOptions compileOptions() {
        return model.compileOptions().with(EvaluateMethods.compiled(measuring.methods()));
    }

    private int evaluate(Options options, Dataset dataset, EvaluatedModel evaluated, Set<Metric> gated)
            throws IOException {
        ClassMap map = classes == null
                ? ClassMap.byLabel(dataset.classes(), evaluated.labels())
                : ClassMap.read(classes, evaluated.labels(), evaluated.classes(), classOffset);
        require(
                options.explain() == Explain.PREDICTED || !map.all().isEmpty(),
                "none of the data set's classes has the name of one of the model's: give --classes FILE; --suggest-classes"
                        + " proposes one");
        Batches batches = Batches.of(dataset.samples(measuring.selection(map)), options);
        List<Sample> samples = batches.samples();
        require(!samples.isEmpty(), "--data " + data + ": no picture shows a class that --classes names");
        Files.createDirectories(out);
        TrialLog log = new TrialLog(out);
        require(
                resume || !log.exists(),
                "--out %s: holds an evaluation already: give --resume to go on with it, or another folder"
                        .formatted(out));
        EvaluateMethods chosen = new EvaluateMethods(evaluated, maps ? out.resolve("maps") : null);
        List<String> methods = measuring.methods();
        RandomisedModels forgetful = options.asksForgetfulModels()
                ? new ForgetfulModels(
                        model.model(),
                        compileOptions(),
                        methods,
                        measuring.seed(),
                        out.resolve("forgetful"),
                        spec.commandLine().getErr())
                : null;
        JsonNode settings = new EvaluateSettings(evaluated, options, map, measuring.draws(), forgetful)
                .json(kind(), samples, chosen.of(methods));
        EvaluateReport report = new EvaluateReport(out, spec.commandLine().getOut());
        boolean isDone;
        try (Stop stop = new Stop(LAST_WORDS);
                EvaluateProgress progress =
                        new EvaluateProgress(spec.commandLine().getErr(), verbose)) {
            stop.arm();
            Evaluation evaluation = chosen.evaluation(options, map, methods, forgetful, log);
            isDone = evaluation.run(batches, settings, resume, stop::isAsked, progress);
            progress.close();
            report.write(log, samples, evaluation.views(), isDone);
            chosen.writeRun(out, model.model(), data, samples.size());
            if (!isDone) {
                spec.commandLine()
                        .getErr()
                        .println("hedgerow: stopped; the report is of what is done, --resume goes on");
                return CommandLine.ExitCode.SOFTWARE;
            }
            return against == null ? CommandLine.ExitCode.OK : report.compare(log, against, gated);
        }
    }

    private String kind() {
        int colon = data.indexOf(':');
        return colon > 1 ? data.startsWith("demo:") ? data : data.substring(0, colon) : "seen";
    }

    private void require(boolean isGiven, String message) {
        if (!isGiven) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
