package io.hedgerow.cli.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.cli.model.ModelOptions;
import io.hedgerow.demo.SurfaceDataset;
import io.hedgerow.evaluate.data.ClassMap;
import io.hedgerow.evaluate.data.ClassSuggestions;
import io.hedgerow.evaluate.data.DataKind;
import io.hedgerow.evaluate.data.Dataset;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.data.Selection;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.run.EqualPictures;
import io.hedgerow.evaluate.run.Evaluation;
import io.hedgerow.evaluate.run.Explain;
import io.hedgerow.evaluate.run.Options;
import io.hedgerow.evaluate.run.TrialLog;
import io.hedgerow.service.Stop;
import io.hedgerow.yaml.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
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

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "NAME",
            completionCandidates = MethodNames.class,
            description =
                    "What makes the maps, of ${COMPLETION-CANDIDATES} (hedging-1 is of ratio 1); the first is what"
                            + " others are compared with. Controls come with them (default: hedging).")
    private List<String> methods = List.of("hedging");

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "NAME",
            description = "quick, full, paper, or names of metrics (default: quick).")
    private List<String> metrics = List.of("quick");

    @Option(
            names = "--explain",
            paramLabel = "WHICH",
            description = "Which classes: annotated, predicted or both (default: annotated).")
    private String explain = "annotated";

    @Option(names = "--limit", paramLabel = "N", description = "At most so many pictures, chosen at random.")
    private @Nullable Integer limit;

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--largest-region",
            paramLabel = "SHARE",
            description = "Classes that cover more of the picture are left out (default: ${DEFAULT-VALUE}).")
    private double largestRegion = 0.6;

    @Option(names = "--draws", paramLabel = "N", description = "Draws for intervals (default: ${DEFAULT-VALUE}).")
    private int draws = 10_000;

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

    @Option(names = "--strict", description = "End at the first picture or annotation that is no good.")
    private boolean strict;

    @Option(names = "-v", description = "Print a line for each trial.")
    private boolean verbose;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        require(limit == null || limit > 0, "--limit " + limit + ": takes 1 or more");
        require(draws >= 100 && draws <= 1_000_000, "--draws " + draws + ": takes 100 to 1000000");
        require(largestRegion > 0 && largestRegion <= 1, "--largest-region " + largestRegion + ": takes up to 1");
        Options options = new Options(metrics("--metrics", metrics), explain(), largestRegion, seed, strict);
        Set<Metric> gated = metrics("--gate", gate);
        require(
                !spec.commandLine().getParseResult().hasMatchedOption("--method"),
                "--method: to evaluate takes several, as --methods");
        require(EvaluateMethods.known().containsAll(methods), unknownMethod());
        Dataset dataset = data.startsWith("demo:") ? SurfaceDataset.of(data, seed) : DataKind.open(data);
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
            return model.repository(bar::show)
                    .compiled(model.model(), model.compileOptions().with(EvaluateMethods.compiled(methods)));
        }
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
        List<Sample> samples = EqualPictures.together(dataset.samples(new Selection(
                labels -> options.explain() != Explain.ANNOTATED
                        || labels.stream().anyMatch(map::has),
                limit == null ? Integer.MAX_VALUE : limit,
                seed)));
        require(!samples.isEmpty(), "--data " + data + ": no picture shows a class that --classes names");
        Files.createDirectories(out);
        TrialLog log = new TrialLog(out);
        require(
                resume || !log.exists(),
                "--out %s: holds an evaluation already: give --resume to go on with it, or another folder"
                        .formatted(out));
        EvaluateMethods chosen = new EvaluateMethods(evaluated, maps ? out.resolve("maps") : null);
        JsonNode settings =
                new EvaluateSettings(evaluated, options, map, draws).json(kind(), samples, chosen.of(methods));
        EvaluateReport report = new EvaluateReport(out, spec.commandLine().getOut());
        boolean isDone;
        try (Stop stop = new Stop(LAST_WORDS);
                EvaluateProgress progress =
                        new EvaluateProgress(spec.commandLine().getErr(), verbose)) {
            stop.arm();
            Evaluation evaluation = chosen.evaluation(options, map, methods, log);
            isDone = evaluation.run(samples, settings, resume, stop::isAsked, progress);
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

    private String unknownMethod() {
        List<String> known = EvaluateMethods.known();
        String name =
                methods.stream().filter(m -> !known.contains(m)).findFirst().orElse("");
        return "--methods %s: known are %s".formatted(name, String.join(", ", known));
    }

    /** What the help lists. */
    private static final class MethodNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return EvaluateMethods.known().iterator();
        }
    }

    private Explain explain() {
        for (Explain one : Explain.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(explain)) {
                return one;
            }
        }
        throw new ParameterException(
                spec.commandLine(), "--explain " + explain + ": takes annotated, predicted or both");
    }

    private Set<Metric> metrics(String option, List<String> names) {
        Set<Metric> chosen = EnumSet.noneOf(Metric.class);
        for (String name : names) {
            switch (name) {
                case "quick" -> chosen.addAll(Metric.quick());
                case "full" -> chosen.addAll(Metric.full());
                case "paper" -> chosen.addAll(Metric.paper());
                default ->
                    chosen.add(Metric.ofKey(name)
                            .orElseThrow(() -> new ParameterException(
                                    spec.commandLine(), option + " " + name + ": " + unknownMetric(name))));
            }
        }
        return chosen;
    }

    private static String unknownMetric(String name) {
        List<String> known = Arrays.stream(Metric.values()).map(Metric::key).toList();
        return "there is no such metric"
                + Nearest.of(name, known).map(k -> "; did you mean " + k + "?").orElse("")
                + " (quick, full, paper, " + String.join(", ", known) + ")";
    }

    private void require(boolean isGiven, String message) {
        if (!isGiven) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
