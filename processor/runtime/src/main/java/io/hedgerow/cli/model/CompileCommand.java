package io.hedgerow.cli.model;

import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.cli.console.Table;
import io.hedgerow.compiler.api.ExplanationInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hedgerow compile}: makes an explanation SavedModel and says what was found. */
@Command(
        name = "compile",
        description = "Compiles a classifier into a SavedModel that explains itself, and says what was found in it.")
public final class CompileCommand implements Callable<Integer> {
    private static final int LISTED = 12;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where to write; made if need be, else empty.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print what was found as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        requireEmpty(out);
        long start = System.nanoTime();
        SelfCheckTime checking = new SelfCheckTime();
        ExplanationInfo info = compile(checking);
        PrintWriter terminal = spec.commandLine().getOut();
        if (json) {
            terminal.println(info.toJson());
        } else {
            terminal.print(describe(info));
            terminal.printf(
                    "%nWritten to %s in %.1f s, of which the self-check took %.1f s.%n",
                    out, (System.nanoTime() - start) / 1e9, checking.seconds());
        }
        return CommandLine.ExitCode.OK;
    }

    private ExplanationInfo compile(SelfCheckTime checking) throws IOException {
        try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr())) {
            return model.compiler().compile(model.model(), model.compileOptions(), out, (done, all, step) -> {
                checking.show(done, all, step);
                bar.show(done, all, step);
            });
        }
    }

    private static void requireEmpty(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new FileSystemException(
                            directory.toString(), null, directory + " is not empty: name a new folder with --out");
                }
            }
        }
    }

    private static String describe(ExplanationInfo info) {
        ExplanationInfo.Input input = info.input();
        ExplanationInfo.Method method = info.method();
        Table table = new Table()
                .row("model", info.modelSha256())
                .row("signature", info.signature())
                .row(
                        "input",
                        "%s: %s x %s x %s, %s%s"
                                .formatted(
                                        input.key(),
                                        size(input.height()),
                                        size(input.width()),
                                        size(input.channels()),
                                        input.type().equals("DT_UINT8") ? "uint8" : "float32",
                                        input.channelsFirst() ? ", channels first" : ""))
                .row("preprocessing", steps(info.preprocessing()))
                .row(
                        "reference layer",
                        info.referenceLayers().stream()
                                .map(CompileCommand::layer)
                                .collect(Collectors.joining(", ")))
                .row("head", steps(info.head()))
                .row("output", output(info.output()))
                .row("classes", info.classes())
                .row("method", method.name())
                .row(
                        "maps",
                        size(method.map().height()) + " x " + size(method.map().width()));
        new MapPlaces(info).lines().forEach(place -> table.row("seen of the picture", place));
        table.row("precision", info.precision());
        method.families().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(family -> table.row(family.getKey(), family.getValue()));
        table.row(
                "linear tensors",
                "%d convolutions, %d sums"
                        .formatted(
                                method.linear().convolutions(), method.linear().sums()));
        info.unexplained().forEach(part -> table.row("left out", "of the explanation, not of the scores: " + part));
        info.dropped().forEach(dropped -> table.row("left out", dropped));
        ExplanationInfo.SelfCheck check = info.selfCheck();
        check.warnings().forEach(warning -> table.row("warning", warning));
        table.row("size", "%.1f MB".formatted(info.bytes() / 1e6));
        if (info.bytesPerImage() > 0) {
            table.row("memory", "%.1f MB for each image of a batch, at most".formatted(info.bytesPerImage() / 1e6));
        }
        return table.row(
                        "self-check",
                        "scores within %.1e, gradient within %.1e, relevance of %d layers within %.1e"
                                .formatted(check.scores(), check.gradient(), check.layers(), check.relevance()))
                .toString();
    }

    private static String layer(ExplanationInfo.ReferenceLayer layer) {
        return "%s (%s)"
                .formatted(
                        layer.name(),
                        layer.shape().stream().map(CompileCommand::size).collect(Collectors.joining(" x ")));
    }

    private static String output(ExplanationInfo.Output output) {
        return output.activation().equals("none")
                ? "%s, %s".formatted(output.key(), output.kind())
                : "%s, %s (%s)".formatted(output.key(), output.kind(), output.activation());
    }

    /** What is done one after the other; of many steps, how often each occurs. */
    private static String steps(List<String> steps) {
        if (steps.isEmpty()) {
            return "none";
        }
        if (steps.size() <= LISTED) {
            return String.join(", ", steps);
        }
        Map<String, Long> counts = steps.stream()
                .map(step -> step.replaceFirst(" .*", ""))
                .collect(Collectors.groupingBy(step -> step, LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(step -> step.getValue() == 1 ? step.getKey() : step.getKey() + " x " + step.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String size(long dimension) {
        return dimension < 0 ? "any" : String.valueOf(dimension);
    }
}
