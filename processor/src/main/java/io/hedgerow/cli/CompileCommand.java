package io.hedgerow.cli;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.ExplanationInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
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
final class CompileCommand implements Callable<Integer> {
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
        ExplanationInfo info = new Compiler().compile(model.model(), model.compileOptions(), out);
        PrintWriter terminal = spec.commandLine().getOut();
        if (json) {
            terminal.println(info.toJson());
        } else {
            terminal.print(describe(info));
            terminal.printf("%nWritten to %s in %.1f s.%n", out, (System.nanoTime() - start) / 1e9);
        }
        return CommandLine.ExitCode.OK;
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
        Table table = new Table()
                .row("model", info.modelSha256())
                .row("signature", info.signature())
                .row(
                        "input",
                        "%s: %s x %s x %d, %s"
                                .formatted(
                                        input.key(),
                                        size(input.height()),
                                        size(input.width()),
                                        input.channels(),
                                        input.type().equals("DT_UINT8") ? "uint8" : "float32"))
                .row("output", info.output().key() + ", " + info.output().activation())
                .row("classes", info.classes())
                .row(
                        "reference layer",
                        info.referenceLayer()
                                + " ("
                                + info.referenceShape().stream()
                                        .map(CompileCommand::size)
                                        .collect(Collectors.joining(" x "))
                                + ")")
                .row("maps", size(info.map().height()) + " x " + size(info.map().width()));
        table.row("precision", info.precision());
        info.families().entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .forEach(family -> table.row(family.getKey(), family.getValue()));
        table.row("size", "%.1f MB".formatted(info.bytes() / 1e6));
        if (info.bytesPerImage() > 0) {
            table.row("memory", "%.1f MB for each image of a batch, at most".formatted(info.bytesPerImage() / 1e6));
        }
        info.dropped().forEach(dropped -> table.row("dropped", dropped));
        return table.toString();
    }

    private static String size(long dimension) {
        return dimension < 0 ? "any" : String.valueOf(dimension);
    }
}
