package io.hedgerow.cli.stream;

import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.cli.console.WorkFolder;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.demo.DemoPublisher;
import io.hedgerow.demo.DemoStream;
import io.hedgerow.demo.surface.SurfaceClassifier;
import io.hedgerow.preprocess.ModelYaml;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.service.Connection;
import io.hedgerow.service.RegistryWait;
import io.hedgerow.service.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hedgerow demo-events}: the demo's inspection line, into any cluster. */
@Command(
        name = "demo-events",
        description = "Sends what the demo's inspection line and its classifier say to a Kafka cluster.")
public final class DemoEventsCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int PROGRESS_EVERY = 500;

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--count", paramLabel = "N", description = "How many parts pass (default: they never end).")
    private long count = Long.MAX_VALUE;

    @Option(names = "--rate", paramLabel = "N", description = "Parts a second (default: ${DEFAULT-VALUE}).")
    private double rate = 20;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed, the same parts (default: ${DEFAULT-VALUE}).")
    private long seed = 7;

    @Option(
            names = "--stickers-from",
            paramLabel = "N",
            description = "Index of the first part after which stickers are on every kind of part, not on stained ones"
                    + " alone (default: ${DEFAULT-VALUE}).")
    private long stickersFrom = 500;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (count < 1 || stickersFrom < 0 || !(rate > 0 && rate <= 10_000)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--count takes 1 or more, --stickers-from 0 or more, --rate above 0 and at most 10000");
        }
        Connection connection = cluster.connection();
        RegistryWait.until(connection.registry(), connection.timeout());
        try (WorkFolder work = new WorkFolder("demo-events")) {
            Path folder = BundledModel.SURFACE_BIASED.unpack(work.path());
            try (SurfaceClassifier classifier = SurfaceClassifier.load(folder)) {
                ModelYaml yaml = ModelYaml.of(folder);
                DemoStream line = new DemoStream(
                        seed,
                        stickersFrom,
                        new ModelRef(yaml.name(), yaml.version()),
                        classifier::classify,
                        Clock.systemUTC());
                long sent = publish(connection, line);
                spec.commandLine()
                        .getOut()
                        .println(sent + " events sent to " + connection.topics().input());
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private long publish(Connection connection, DemoStream line) {
        ProgressBar bar = new ProgressBar(spec.commandLine().getErr());
        Thread publisher = Thread.currentThread();
        try (Stop stop = new Stop(GRACE, publisher::interrupt);
                RegistrySerde<PredictionEvent> events = RegistrySerde.of(PredictionEvent.class, connection.registry());
                KafkaProducer<String, PredictionEvent> producer = new KafkaProducer<>(
                        connection.producer("hedgerow-demo-events"), new StringSerializer(), events.serializer())) {
            stop.arm();
            long[] sent = {0};
            return new DemoPublisher(producer, connection.topics().input(), rate)
                    .publish(line, count, event -> progress(bar, ++sent[0]));
        } finally {
            // what follows, such as deleting files, would stumble over it
            var unused = Thread.interrupted();
            bar.end();
        }
    }

    private void progress(ProgressBar bar, long sent) {
        if (count < Long.MAX_VALUE) {
            bar.show(sent, count, sent + " of " + count + " events");
        } else if (sent % PROGRESS_EVERY == 0) {
            spec.commandLine().getErr().println(sent + " events");
        }
    }
}
