package io.hedgerow.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.engine.UserCache;
import io.hedgerow.explain.ModelBench;
import io.hedgerow.explain.ModelRepository;
import io.hedgerow.explain.ModelSource;
import io.hedgerow.image.ModelYaml;
import java.io.IOException;
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
final class BenchCommand implements Callable<Integer> {
    private static final int BATCH = 8;
    private static final int STREAM_BATCH = 32;
    private static final int LARGEST_BATCH = 1024;
    private static final int MOST_IMAGES = 1_000_000;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images in a batch, with --stream at most (default: 8, with --stream 32 as run has it).")
    private @Nullable Integer givenBatch;

    @Option(names = "--rounds", paramLabel = "N", description = "Alternating rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--stream", description = "Measure explaining behind Kafka against explaining alone.")
    private boolean stream;

    @Mixin
    private final StreamBenchOptions streaming = new StreamBenchOptions();

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        int batch = givenBatch != null ? givenBatch : stream ? STREAM_BATCH : BATCH;
        require("--batch", batch, LARGEST_BATCH);
        require("--rounds", rounds, LARGEST_BATCH);
        ModelRepository repository = new ModelRepository(UserCache.of(System.getenv()));
        print(
                stream
                        ? streamed(repository, batch)
                        : new ModelBench(batch, rounds)
                                .run(repository.compiled(model.model(), model.compileOptions())));
        return CommandLine.ExitCode.OK;
    }

    private Map<String, Object> streamed(ModelRepository repository, int batch)
            throws IOException, InterruptedException {
        require("--images", streaming.images, MOST_IMAGES);
        require("--partitions", streaming.partitions, LARGEST_BATCH);
        require("--threads", streaming.threads, LARGEST_BATCH);
        System.setProperty("hedgerow.kafka.log.level", "ERROR");
        ModelYaml yaml = ModelYaml.of(model.model());
        ModelSource source =
                new ModelSource(yaml.name(), yaml.version(), model.model(), yaml, model.compileOptions(), 2);
        try (WorkFolder work = new WorkFolder("bench")) {
            return new StreamBenchmark(repository, streaming, batch, rounds).run(source, work.path());
        }
    }

    private void require(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(spec.commandLine(), option + " " + value + ": takes 1 to " + most);
        }
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
