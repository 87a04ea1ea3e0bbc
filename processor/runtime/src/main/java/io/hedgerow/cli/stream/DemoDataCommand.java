package io.hedgerow.cli.stream;

import io.hedgerow.demo.DemoDataWriter;
import io.hedgerow.demo.surface.StickerPolicy;
import io.hedgerow.demo.surface.SurfaceGenerator;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hedgerow demo-data}: writes labelled pictures of the demo's inspection line. */
@Command(
        name = "demo-data",
        description = "Writes labelled pictures of the demo's inspection line: images, masks of defects and stickers.")
public final class DemoDataCommand implements Callable<Integer> {
    private static final int PROGRESS_EVERY = 500;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write; made if need be.")
    private Path out = Path.of("");

    @Option(names = "--count", paramLabel = "N", description = "How many pictures (default: ${DEFAULT-VALUE}).")
    private int count = 1000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed, the same pictures (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--stickers",
            paramLabel = "POLICY",
            description = "Which parts carry a sticker: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private StickerPolicy stickers = StickerPolicy.BIASED;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine line = spec.commandLine();
        if (count < 1) {
            throw new ParameterException(line, "--count " + count + ": at least 1 picture is needed");
        }
        new DemoDataWriter(new SurfaceGenerator(seed), stickers).write(out, count, written -> {
            if (written % PROGRESS_EVERY == 0 && written < count) {
                line.getErr().println(written + " of " + count + " pictures");
            }
        });
        line.getOut().println(count + " pictures written to " + out);
        return CommandLine.ExitCode.OK;
    }
}
