package io.hedgerow.monitor.stream;

import io.hedgerow.serde.RegistryRefusedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the Streams application that monitors. */
public final class MonitorStreams {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorStreams.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int LARGEST_RECORD = 2 << 20;

    /** What a person has to mend. */
    private static final List<Class<? extends Throwable>> FATAL = List.of(
            RegistryRefusedException.class,
            AuthenticationException.class,
            AuthorizationException.class,
            ConfigException.class,
            MissingSourceTopicException.class,
            Error.class);

    /** Meant for the application that explains. */
    private static final List<String> NOT_OURS = List.of(
            StreamsConfig.CLIENT_ID_CONFIG,
            StreamsConfig.NUM_STREAM_THREADS_CONFIG,
            StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
            StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG);

    private MonitorStreams() {}

    /** Its name, from that of the application that explains. */
    public static String application(String explaining) {
        return explaining + "-monitor";
    }

    /**
     * Connects; {@code start()} begins. A thread that fails is replaced after a pause; only what a person has to mend stops
     * monitoring, and nothing but monitoring.
     *
     * @param kafka Kafka Streams' settings of the application that explains, with its {@code application.id}
     */
    public static KafkaStreams connect(Map<String, ?> kafka, MonitorTopology topology) {
        KafkaStreams streams = new KafkaStreams(topology.topology(), new StreamsConfig(settings(kafka)));
        streams.setUncaughtExceptionHandler(MonitorStreams::answer);
        return streams;
    }

    /** Exactly once and in one thread, whatever was set for explaining. */
    static Map<String, Object> settings(Map<String, ?> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 8_000);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.METADATA_MAX_AGE_CONFIG), 30_000);
        settings.putAll(kafka);
        NOT_OURS.forEach(settings::remove);
        settings.put(
                StreamsConfig.APPLICATION_ID_CONFIG,
                application(String.valueOf(kafka.get(StreamsConfig.APPLICATION_ID_CONFIG))));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_RECORD);
        return settings;
    }

    private static StreamThreadExceptionResponse answer(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            for (Class<? extends Throwable> fatal : FATAL) {
                if (fatal.isInstance(cause)) {
                    LOG.error("Monitoring stops, explaining goes on: {}", cause.toString());
                    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
                }
            }
        }
        LOG.warn("Monitoring begins again: {}", root.toString());
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
