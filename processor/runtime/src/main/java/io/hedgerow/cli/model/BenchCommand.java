package io.hedgerow.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.bench.BenchDevices;
import io.hedgerow.bench.BrokerBenchmark;
import io.hedgerow.bench.BrokerSoak;
import io.hedgerow.bench.ModelCost;
import io.hedgerow.bench.VerificationSpeed;
import io.hedgerow.bench.Workload;
import io.hedgerow.cli.console.Counts;
import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.cli.console.Table;
import io.hedgerow.cli.console.WorkFolder;
import io.hedgerow.models.ModelRepository;
import io.hedgerow.models.ModelSource;
import io.hedgerow.preprocess.ModelYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hedgerow bench}: speed as ratios measured in one run. */
@Command(name = "bench", description = "Measures what explaining costs, as ratios measured in one run.")
public final class BenchCommand implements Callable<Integer> {
    private static final int BATCH = 8;
    private static final int STREAM_BATCH = 32;
    private static final int LARGEST_BATCH = 1024;
    private static final int ROUNDS = 11;
    private static final int STREAM_ROUNDS = 5;
    /** What the audit trail costs, or monitoring, is less than a machine's speed changes by. */
    private static final int AUDIT_ROUNDS = 30;

    private static final int FEWEST_SOAKED = 100;
    private static final int MOST_CLASSES = 16;
    private static final int MOST_ENTRIES = 10_000_000;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder of the SavedModel; needed unless devices are simulated.")
    private @Nullable Path model;

    @Mixin
    private final CompilingOptions compiling = new CompilingOptions();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images in a batch, with --stream at most (default: 8, with --stream 32 as run has it).")
    private @Nullable Integer givenBatch;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Alternating rounds (default: 11, with --stream 5, with --audit or --monitor 30).")
    private @Nullable Integer givenRounds;

    @Option(
            names = "--classes",
            paramLabel = "N",
            description =
                    "Classes of each image to compare with explaining one (default: ${DEFAULT-VALUE}, no comparison).")
    private int classes = 1;

    @Option(names = "--stream", description = "Measure explaining behind Kafka against explaining alone.")
    private boolean stream;

    @Option(
            names = "--soak",
            paramLabel = "EVENTS",
            description = "Stream so many events, and compare memory and throughput of the last tenth with the second.")
    private @Nullable Integer soak;

    @Option(
            names = "--audit-log",
            paramLabel = "ENTRIES",
            description = "Measure how fast an exported audit log of so many entries is verified.")
    private @Nullable Integer auditLog;

    @Mixin
    private final StreamBenchOptions streaming = new StreamBenchOptions();

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        int batch = givenBatch != null ? givenBatch : stream || soak != null ? STREAM_BATCH : BATCH;
        Counts.require(spec, "--batch", batch, LARGEST_BATCH);
        int rounds = givenRounds != null
                ? givenRounds
                : streaming.audit || streaming.monitor ? AUDIT_ROUNDS : stream ? STREAM_ROUNDS : ROUNDS;
        Counts.require(spec, "--rounds", rounds, LARGEST_BATCH);
        Counts.require(spec, "--classes", classes, MOST_CLASSES);
        if (auditLog != null) {
            Counts.require(spec, "--audit-log", auditLog, MOST_ENTRIES);
            try (WorkFolder work = new WorkFolder("bench")) {
                print(new VerificationSpeed(auditLog, rounds).run(work.path()));
            }
            return CommandLine.ExitCode.OK;
        }
        if (stream || soak != null) {
            streaming.check();
            hush();
        }
        Map<String, Object> figures;
        try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr())) {
            ModelRepository repository = compiling.repository(bar::show);
            if (soak != null) {
                soak(repository, batch, soak);
                return CommandLine.ExitCode.OK;
            }
            figures = stream
                    ? streamed(repository, batch, rounds)
                    : new ModelCost(batch, rounds, classes).run(repository.compiled(model(), compiling.options()));
        }
        print(figures);
        return CommandLine.ExitCode.OK;
    }

    private Map<String, Object> streamed(ModelRepository repository, int batch, int rounds) throws Exception {
        BrokerBenchmark.Opening opening = streaming.simulates() ? simulated() : loaded(repository);
        try (WorkFolder work = new WorkFolder("bench")) {
            return new BrokerBenchmark(streaming.workload(), batch, rounds).run(opening, work.path());
        } catch (Workload.TooFewException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void soak(ModelRepository repository, int batch, int events) throws Exception {
        if (events < FEWEST_SOAKED) {
            throw new ParameterException(
                    spec.commandLine(), "--soak " + events + ": takes " + FEWEST_SOAKED + " events or more");
        }
        try (WorkFolder work = new WorkFolder("soak")) {
            List<BrokerSoak.Part> parts;
            try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr())) {
                parts = new BrokerSoak(
                                repository,
                                streaming.workload(),
                                batch,
                                events,
                                count -> bar.show(count, events, count + " of " + events + " explained"))
                        .run(source(), work.path());
            }
            if (!json) {
                spec.commandLine().getOut().print(BrokerSoak.table(parts));
            }
            print(BrokerSoak.figures(parts, events));
        }
    }

    /** Before the first logger is made, which reads it. */
    private static void hush() {
        System.setProperty("hedgerow.kafka.log.level", "ERROR");
        if (System.getProperty("hedgerow.log.level") == null) {
            // Of the many processes that are measured nobody wants to hear how they start.
            System.setProperty("hedgerow.log.level", "WARN");
        }
    }

    private ModelSource source() throws IOException {
        ModelYaml yaml = ModelYaml.of(model());
        return new ModelSource(yaml.name(), yaml.version(), model(), yaml, compiling.options(), 2);
    }

    private BrokerBenchmark.Opening simulated() {
        StreamBenchOptions.Pace pace = streaming.pace();
        return limits -> BenchDevices.simulated(streaming.devices, pace.perBatch(), pace.perImage(), limits);
    }

    private BrokerBenchmark.Opening loaded(ModelRepository repository) throws IOException {
        ModelSource source = source();
        return limits -> BenchDevices.of(repository, source, limits);
    }

    private Path model() {
        if (model == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--model=DIR'");
        }
        return model;
    }

    private void print(Map<String, Object> figures) throws JsonProcessingException {
        if (json) {
            spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(figures));
        } else {
            Table table = new Table();
            figures.forEach((name, value) ->
                    table.row(name.replace('_', ' '), value instanceof Double d ? "%.2f".formatted(d) : value));
            spec.commandLine().getOut().print(table);
        }
    }
}
