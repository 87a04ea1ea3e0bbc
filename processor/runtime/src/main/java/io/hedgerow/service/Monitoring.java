package io.hedgerow.service;

import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.event.EventPictures;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.monitor.delivery.AlertSender;
import io.hedgerow.monitor.delivery.DeliveryTimes;
import io.hedgerow.monitor.stream.MonitorInputs;
import io.hedgerow.monitor.stream.MonitorMeters;
import io.hedgerow.monitor.stream.MonitorSerdes;
import io.hedgerow.monitor.stream.MonitorStreams;
import io.hedgerow.monitor.stream.MonitorTopology;
import io.hedgerow.monitor.stream.TopicPictures;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.TopicCheck;
import io.hedgerow.topics.TopicException;
import io.hedgerow.web.Health;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application that monitors what is explained, and the sender of its alerts. Beside explaining it never ends the process:
 * without its topics it stays off, and says so. Alone it fails as any part does.
 */
final class Monitoring implements ServicePart {
    private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);
    private static final int SENDER_MILLIS = 8_000;

    private final ServiceContext context;
    private final boolean alone;
    private final Opened opened = new Opened();
    private volatile @Nullable KafkaStreams streams;
    private volatile String off = "";

    /** Takes whether nothing else runs in the process. */
    Monitoring(ServiceContext context, boolean alone) {
        this.context = context;
        this.alone = alone;
    }

    @Override
    public List<Health.Source> health() {
        return List.of(() -> {
            KafkaStreams.State state = state();
            String detail = off.isEmpty() ? state.name() : "off: " + off;
            return new Health(
                    "monitor",
                    !alone || (state != KafkaStreams.State.ERROR && state != KafkaStreams.State.PENDING_ERROR),
                    !alone || state == KafkaStreams.State.RUNNING,
                    detail);
        });
    }

    @Override
    public void prepare() throws Exception {
        HedgerowConfig config = context.config();
        MonitorTopics topics = config.monitorTopics();
        if (topics == null) {
            if (alone) {
                throw new IOException("monitor.enabled is false: there is nothing to run");
            }
            off = "monitor.enabled is false";
            return;
        }
        try {
            open(config, topics, MonitorInputs.of(config.topics(), topics));
        } catch (TopicException | KafkaException e) {
            if (alone) {
                throw e;
            }
            off = String.valueOf(e.getMessage());
            streams = null;
            LOG.warn(
                    "Monitoring stays off, explaining goes on: {}, with `hedgerow topics create`, or set monitor.enabled: false",
                    e.getMessage());
        }
    }

    @Override
    public void start() {
        KafkaStreams connected = streams;
        if (connected != null) {
            connected.start();
            send();
        }
    }

    @Override
    public void look() throws IOException {
        if (alone && state().hasCompletedShutdown()) {
            throw new IOException("Kafka Streams stopped on an error, which the log above names");
        }
    }

    @Override
    public void close() throws Exception {
        opened.close();
    }

    /** Why nothing is monitored; empty while it is. */
    String off() {
        return off;
    }

    private void open(HedgerowConfig config, MonitorTopics topics, MonitorInputs inputs) {
        Connection connection = context.connection();
        List<String> needed = new ArrayList<>(inputs.read());
        needed.addAll(topics.all());
        try (TopicCheck check = new TopicCheck(connection.kafka(), connection.timeout())) {
            check.require(needed);
        }
        MonitorSerdes serdes = opened.add(new MonitorSerdes(connection.registry()));
        serdes.prepare(topics);
        Clock clock = Clock.systemUTC();
        MonitorTopology topology = new MonitorTopology(
                inputs,
                config.monitor(),
                serdes,
                () -> new TopicPictures(
                        () -> new EventPictures(
                                connection.consumer("hedgerow-monitor-events"),
                                serdes.eventSerde(),
                                new ImageDecoder(config.images()),
                                TopicPictures.PATIENCE),
                        System::nanoTime),
                new MonitorMeters(context.metrics().registry(), clock),
                clock);
        KafkaStreams connected = MonitorStreams.connect(connection.kafka(), topology);
        opened.add(() -> connected.close(config.shutdown()));
        if (alone) {
            context.metrics().bind(connected);
        }
        streams = connected;
    }

    private void send() {
        HedgerowConfig config = context.config();
        MonitorTopics topics = config.monitorTopics();
        if (topics == null || config.alerts().isEmpty()) {
            return;
        }
        String group = config.applicationId() + "-alert-sender";
        MonitorSerdes serdes = opened.add(new MonitorSerdes(context.connection().registry()));
        Map<String, Object> consumer = new HashMap<>(context.connection().consumer(group));
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        // A killed sender's alerts wait as long for the next one.
        consumer.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SENDER_MILLIS);
        consumer.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SENDER_MILLIS / 4);
        opened.add(new AlertSender(
                consumer,
                topics.alerts(),
                serdes.alerts().deserializer(),
                config.alerts(),
                DeliveryTimes.usual(),
                Clock.systemUTC(),
                context.metrics().registry()));
    }

    private KafkaStreams.State state() {
        KafkaStreams now = streams;
        return now == null ? KafkaStreams.State.CREATED : now.state();
    }
}
