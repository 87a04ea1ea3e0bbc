package io.hedgerow.cli.stream;

import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.bench.InputSample;
import io.hedgerow.cli.console.Version;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.config.KafkaKeys;
import io.hedgerow.event.EventLimits;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.ImageLimits;
import io.hedgerow.models.Explainer;
import io.hedgerow.models.ModelSource;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.service.Connection;
import io.hedgerow.service.DevicesHealth;
import io.hedgerow.service.HeldPartitions;
import io.hedgerow.service.LoadedDevices;
import io.hedgerow.service.RegistryWait;
import io.hedgerow.service.RunAudit;
import io.hedgerow.service.Stop;
import io.hedgerow.service.Surroundings;
import io.hedgerow.stream.FlowPlan;
import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.PeerCheck;
import io.hedgerow.stream.StreamsSettings;
import io.hedgerow.stream.ThreadFaults;
import io.hedgerow.stream.TopologySettings;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.TopicCheck;
import io.hedgerow.topics.Topics;
import io.hedgerow.web.Metrics;
import io.hedgerow.web.StreamsHealth;
import io.hedgerow.web.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
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
    private static final int THREADS_A_DEVICE = 2;
    private static final Duration LONGER_THAN_A_SESSION = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(500);

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, hedgerow.yaml.")
    private Path file = Path.of("");

    @Option(names = "--print-config", description = "Print what the configuration comes to, without secrets, and end.")
    private boolean printConfig;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        HedgerowConfig config = HedgerowConfig.read(file, System.getenv());
        StreamsSettings.requireFixed(config.kafka().values());
        if (printConfig) {
            config.effective()
                    .forEach((key, value) -> spec.commandLine().getOut().println(key + ": " + value));
            return CommandLine.ExitCode.OK;
        }
        Duration grace = config.timeouts().shutdown();
        // Twice: what is under way on the devices may take as long again.
        try (Stop stop = new Stop(grace.multipliedBy(2).plusSeconds(5))) {
            run(config, stop);
        }
        return CommandLine.ExitCode.OK;
    }

    private static void run(HedgerowConfig config, Stop stop) throws Exception {
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        // Kafka Streams throws on what made it replace a thread, which is logged by then.
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> log.debug("Thread {} ended", thread.getName(), failure));
        config.effective().forEach((key, value) -> log.info("{}: {}", key, value));
        List<String> strange = new KafkaKeys().unknown(config.kafka().values().keySet());
        if (!strange.isEmpty()) {
            log.warn("No settings of Kafka's own, passed on for its plug-ins: {}", String.join(", ", strange));
        }
        List<ModelSource> models = LoadedDevices.sources(config.models());
        Connection connection = Connection.of(config);
        Map<String, Object> kafka = connection.kafka();
        Map<String, String> registry = connection.registry();
        TopologySettings settings = fit(settings(config, connection.topics()), kafka, connection.timeout());
        RegistryWait.until(registry, connection.timeout());
        AtomicReference<KafkaStreams.State> state = new AtomicReference<>(KafkaStreams.State.CREATED);
        AtomicReference<List<? extends Explainer>> loaded = new AtomicReference<>(List.of());
        ThreadFaults faults = new ThreadFaults();
        try (Metrics metrics = new Metrics(Version.current());
                Surroundings surroundings = new Surroundings(connection, metrics.registry());
                WebServer web = new WebServer(
                        config.http().address(),
                        config.http().port(),
                        surroundings.with(new StreamsHealth(state::get, faults), new DevicesHealth(loaded::get)),
                        metrics::scrape);
                RegistrySerde<PredictionEvent> events = RegistrySerde.of(PredictionEvent.class, registry);
                RegistrySerde<Explanation> explanations = explanations(settings, registry);
                RunAudit audit = new RunAudit(config, connection);
                LoadedDevices devices = new LoadedDevices(config, models);
                HedgerowTopology topology = new HedgerowTopology(
                        settings,
                        devices.explainers(),
                        new ImageDecoder(new ImageLimits(
                                config.limits().imageBytes(), config.limits().imagePixels())),
                        events.deserializer(),
                        explanations.serializer(),
                        audit.trail(),
                        metrics.registry());
                PeerCheck peers = new PeerCheck(kafka, config.timeouts().startup())) {
            peers.require(topology, LONGER_THAN_A_SESSION);
            loaded.set(devices.explainers());
            FlowPlan plan = plan(config, kafka, devices);
            log.info("{} images a second at warm-up", Math.round(devices.imagesPerSecond()));
            log.info(
                    "Reading ahead: {}; at most {} MB encoded and {} MB decoded for each device",
                    StreamsSettings.effective(kafka, plan, topology),
                    config.limits().readAheadBytes() >> 20,
                    config.batch().queueBytes() >> 20);
            KafkaStreams streams = topology.connect(kafka, plan, faults);
            metrics.bind(streams);
            streams.setStateListener((now, before) -> {
                state.set(now);
                if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                    stop.ask();
                }
            });
            stop.arm();
            try {
                streams.start();
                log.info("Explaining; health and metrics are at port {}", web.port());
                while (!stop.await(LOOK) && state.get() != KafkaStreams.State.RUNNING) {
                    log.debug("{}", state.get());
                }
                // Instances that start at once don't see each other before.
                peers.require(topology, Duration.ZERO);
                HeldPartitions held = new HeldPartitions(settings.topics().input());
                do {
                    held.look(streams.state(), streams.metadataForLocalThreads());
                } while (!stop.await(LOOK));
            } finally {
                boolean drained =
                        streams.close(closeOptions(kafka, config.timeouts().shutdown()));
                log.info(drained ? "Stopped" : "Stopped before everything was drained; it will be read again");
            }
            if (state.get() == KafkaStreams.State.ERROR) {
                throw new IOException("Kafka Streams stopped on an error, which the log above names");
            }
        }
    }

    /** What is drained is for others to go on with at once, unless they are to expect us back. */
    private static CloseOptions closeOptions(Map<String, Object> kafka, Duration grace) {
        boolean returns =
                kafka.keySet().stream().anyMatch(key -> key.endsWith(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG));
        return CloseOptions.timeout(grace)
                .withGroupMembershipOperation(
                        returns
                                ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                                : CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    }

    /** A schema that the registry won't have is better known now than when the first explanation is written. */
    private static RegistrySerde<Explanation> explanations(TopologySettings settings, Map<String, String> registry) {
        RegistrySerde<Explanation> serde = RegistrySerde.of(Explanation.class, registry);
        serde.serializer().prepare(settings.topics().explanations(), Explanation.getClassSchema());
        return serde;
    }

    private static TopologySettings settings(HedgerowConfig config, Topics topics) {
        HedgerowConfig.Limits limits = config.limits();
        return new TopologySettings(
                topics,
                new EventLimits(
                        limits.classes(),
                        limits.attributes(),
                        limits.attributeBytes(),
                        limits.tensorBytes(),
                        limits.headers(),
                        limits.headerBytes(),
                        limits.earliest(),
                        limits.futureSkew()),
                config.samplingShare(),
                RecordLimits.forImages(limits.imageBytes(), limits.recordBytes()),
                config.scoreTolerance(),
                // A record may wait for one batch to end before its own begins.
                config.timeouts().batch().multipliedBy(2),
                config.timeouts().registry(),
                config.stackTraces(),
                config.decoders(),
                Version.current());
    }

    private static TopologySettings fit(TopologySettings settings, Map<String, Object> kafka, Duration timeout) {
        try (TopicCheck check = new TopicCheck(kafka, timeout)) {
            return settings.withRecords(check.fit(settings.topics(), settings.records()));
        }
    }

    private static FlowPlan plan(HedgerowConfig config, Map<String, Object> kafka, LoadedDevices devices) {
        String own = (String) kafka.get(StreamsConfig.NUM_STREAM_THREADS_CONFIG);
        int threads = own == null ? THREADS_A_DEVICE * devices.explainers().size() : Integer.parseInt(own);
        InputSample input = InputSample.of(kafka, config.topics().events());
        long bytes = config.limits().readAheadBytes();
        return FlowPlan.derive(threads, config.batch().size(), devices.imagesPerSecond(), bytes)
                .within(bytes, input.partitions(), input.recordBytes());
    }
}
