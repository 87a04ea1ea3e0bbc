package io.hedgerow.cli.stream;

import io.hedgerow.cli.console.Version;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.service.HedgerowService;
import io.hedgerow.service.Stop;
import io.hedgerow.stream.StreamsSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hedgerow run}: explains the events of a cluster until told to stop. */
@Command(name = "run", description = "Explains the prediction events of a Kafka cluster until told to stop.")
public final class RunCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, hedgerow.yaml.")
    private Path file = Path.of("");

    @Option(names = "--print-config", description = "Print what the configuration comes to, without secrets, and end.")
    private boolean printConfig;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        HedgerowConfig config = ConfigReader.read(file, System.getenv());
        StreamsSettings.requireFixed(config.kafka().values());
        if (printConfig) {
            config.effective()
                    .forEach((key, value) -> spec.commandLine().getOut().println(key + ": " + value));
            return CommandLine.ExitCode.OK;
        }
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        // Kafka Streams throws on what made it replace a thread, which is logged by then.
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> log.debug("Thread {} ended", thread.getName(), failure));
        config.effective().forEach((key, value) -> log.info("{}: {}", key, value));
        if (!config.strange().isEmpty()) {
            log.warn("No settings of Kafka's own, passed on for its plug-ins: {}", String.join(", ", config.strange()));
        }
        // Twice: what is under way on the devices may take as long again.
        try (Stop stop = new Stop(config.shutdown().multipliedBy(2).plusSeconds(5));
                HedgerowService service = new HedgerowService(config, Version.current())) {
            stop.arm();
            service.start();
            service.await(stop);
        }
        return CommandLine.ExitCode.OK;
    }
}
