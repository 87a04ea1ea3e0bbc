package io.hedgerow.service;

import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.Explainer;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.PeerCheck;
import io.hedgerow.stream.ReadAheadPlan;
import io.hedgerow.stream.StreamsSettings;
import io.hedgerow.stream.ThreadFaults;
import io.hedgerow.stream.TopologyConnection;
import io.hedgerow.stream.TopologySettings;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.TopicCheck;
import io.hedgerow.web.Health;
import io.hedgerow.web.StreamsHealth;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology that explains events, its devices and its audit trail, as one application of Kafka Streams. */
final class Explaining implements ServicePart {
    private static final Logger LOG = LoggerFactory.getLogger(Explaining.class);
    private static final int THREADS_A_DEVICE = 2;
    private static final Duration LONGER_THAN_A_SESSION = Duration.ofSeconds(15);

    private final ServiceContext context;
    private final HedgerowConfig config;
    private final Map<String, Object> kafka;
    private final DeviceProvider provider;
    private final TopologySettings settings;
    private final HeldPartitions held;
    private final ThreadFaults faults = new ThreadFaults();
    private final Opened opened = new Opened();
    private boolean peersAreKnown;

    private volatile List<? extends Explainer> loaded = List.of();
    private volatile @Nullable Running running;

    /** What there is once everything is ready. */
    private record Running(HedgerowTopology topology, ReadAheadPlan plan, KafkaStreams streams, PeerCheck peers) {}

    /** Returns when broker and registry have answered, and topics are where they are said to be. */
    Explaining(ServiceContext context, DeviceProvider provider) throws IOException, InterruptedException {
        this.context = context;
        this.provider = provider;
        config = context.config();
        Connection connection = context.connection();
        kafka = connection.kafka();
        settings = new TopologySettings(config.topics(), fit(connection), config.explaining(), context.version());
        held = new HeldPartitions(settings.topics().input());
        RegistryWait.until(connection.registry(), connection.timeout());
    }

    @Override
    public List<Health.Source> health() {
        return List.of(new StreamsHealth(this::state, faults), new DevicesHealth(() -> loaded));
    }

    /** Loads the models on the devices, and connects. */
    @Override
    public void prepare() throws Exception {
        Map<String, String> registry = context.connection().registry();
        RegistrySerde<PredictionEvent> events = opened.add(RegistrySerde.of(PredictionEvent.class, registry));
        RegistrySerde<Explanation> explanations = opened.add(RegistrySerde.of(Explanation.class, registry));
        // A schema that the registry won't have is better known now than when the first explanation is written.
        explanations.serializer().prepare(settings.topics().explanations(), Explanation.getClassSchema());
        RunAudit audit = opened.add(new RunAudit(config, context.connection()));
        DeviceProvider.Devices devices = opened.add(provider.open());
        HedgerowTopology topology = opened.add(new HedgerowTopology(
                settings,
                devices.explainers(),
                new ImageDecoder(config.images()),
                events.deserializer(),
                explanations.serializer(),
                audit.trail(),
                context.metrics().registry()));
        PeerCheck peers = opened.add(new PeerCheck(kafka, config.startup()));
        peers.require(topology, LONGER_THAN_A_SESSION);
        loaded = devices.explainers();
        ReadAheadPlan plan = plan(devices);
        LOG.info("{} images a second at warm-up", Math.round(devices.imagesPerSecond()));
        ReadAheadPlan effective = StreamsSettings.effective(kafka, plan, topology);
        LOG.info(
                "Reading ahead: {}; at most {} MB encoded and {} MB decoded for each device",
                effective,
                config.explaining().readAheadBytes() >> 20,
                config.devices().batch().queueBytes() >> 20);
        KafkaStreams streams = TopologyConnection.of(topology, kafka, plan, faults);
        opened.add(() -> stop(streams));
        context.metrics().bind(streams);
        running = new Running(topology, effective, streams, peers);
    }

    @Override
    public void start() {
        running().streams().start();
    }

    @Override
    public void look() throws IOException {
        Running now = running();
        KafkaStreams.State state = now.streams().state();
        if (state.hasCompletedShutdown()) {
            throw new IOException("Kafka Streams stopped on an error, which the log above names");
        }
        if (!peersAreKnown && state == KafkaStreams.State.RUNNING) {
            // Instances that start at once don't see each other before.
            now.peers().require(now.topology(), Duration.ZERO);
            peersAreKnown = true;
        }
        held.look(state, now.streams().metadataForLocalThreads());
    }

    @Override
    public void close() throws Exception {
        opened.close();
    }

    /** Lets events wait: what is under way is finished. */
    void pause() {
        running().streams().pause();
    }

    /** Goes on with the events that wait. */
    void resume() {
        running().streams().resume();
    }

    /** What stream threads read ahead with. */
    ReadAhead readAhead() {
        return new ReadAhead(running().topology().lookAhead(), running().plan());
    }

    private Running running() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("not prepared");
        }
        return now;
    }

    private KafkaStreams.State state() {
        Running now = running;
        return now == null ? KafkaStreams.State.CREATED : now.streams().state();
    }

    private void stop(KafkaStreams streams) {
        boolean drained = streams.close(closeOptions());
        LOG.info(drained ? "Stopped" : "Stopped before everything was drained; it will be read again");
    }

    /** What is drained is for others to go on with at once, unless they are to expect us back. */
    private CloseOptions closeOptions() {
        boolean returns =
                kafka.keySet().stream().anyMatch(key -> key.endsWith(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG));
        return CloseOptions.timeout(config.shutdown())
                .withGroupMembershipOperation(
                        returns
                                ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                                : CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    }

    /** Topics are as they must be, and take records of this size. */
    private RecordLimits fit(Connection connection) {
        try (TopicCheck check = new TopicCheck(connection.kafka(), connection.timeout())) {
            return check.fit(config.topics(), config.records());
        }
    }

    private ReadAheadPlan plan(DeviceProvider.Devices devices) {
        String own = (String) kafka.get(StreamsConfig.NUM_STREAM_THREADS_CONFIG);
        int threads = own == null ? THREADS_A_DEVICE * devices.explainers().size() : Integer.parseInt(own);
        InputSample input = InputSample.of(kafka, config.topics().input());
        long bytes = config.explaining().readAheadBytes();
        return ReadAheadPlan.derive(threads, config.devices().batch().size(), devices.imagesPerSecond(), bytes)
                .within(bytes, input.partitions(), input.recordBytes());
    }
}
