package io.hedgerow.cli.model;

import io.hedgerow.engine.TensorFlowLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hedgerow unpack}: TensorFlow's library, where nothing can be unpacked at run time. */
@Command(
        name = "unpack",
        description = "Unpacks TensorFlow's library, for images and machines where TENSORFLOW_LIBRARY_PATH is to name"
                + " its folder.")
public final class UnpackCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write; made if need be.")
    private Path out = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        TensorFlowLibrary.unpack(out);
        spec.commandLine().getOut().println("Unpacked; set TENSORFLOW_LIBRARY_PATH to " + out.toAbsolutePath());
        return CommandLine.ExitCode.OK;
    }
}
