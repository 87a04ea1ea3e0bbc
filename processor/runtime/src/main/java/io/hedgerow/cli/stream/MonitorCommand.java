package io.hedgerow.cli.stream;

import io.hedgerow.cli.console.Version;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.service.HedgerowService;
import io.hedgerow.service.Stop;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hedgerow monitor}: monitoring in a process of its own. */
@Command(
        name = "monitor",
        subcommands = MonitorReferenceCommand.class,
        synopsisSubcommandLabel = "[reference]",
        description =
                "Monitors what other processes explain until told to stop, in place of `hedgerow run` doing both (set"
                        + " monitor.enabled: false there), or makes references.")
public final class MonitorCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", description = "The configuration, hedgerow.yaml.")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--config=FILE'");
        }
        HedgerowConfig config = ConfigReader.read(file, System.getenv());
        try (Stop stop = new Stop(config.shutdown().plusSeconds(5));
                HedgerowService service = HedgerowService.monitoring(config, Version.current())) {
            stop.arm();
            service.start();
            service.await(stop);
        }
        return CommandLine.ExitCode.OK;
    }
}
