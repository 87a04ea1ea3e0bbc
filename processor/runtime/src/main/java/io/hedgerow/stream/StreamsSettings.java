package io.hedgerow.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Streams' settings: what the user set, on top of what suits explaining, under what the topology's guarantees stand
 * on.
 */
public final class StreamsSettings {
    private static final String INTERCEPTORS =
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);

    /** Without these records would be lost, doubled or skipped. */
    private static final Map<String, Object> FIXED = Map.of(
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.EXACTLY_ONCE_V2,
            // The streams protocol leaves no say in which instance gets how many tasks.
            // RATIONALE: Why the classic group protocol?
            StreamsConfig.GROUP_PROTOCOL_CONFIG,
            "classic",
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            LogAndFailExceptionHandler.class.getName(),
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            FailTask.class.getName(),
            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
            DefaultProductionExceptionHandler.class.getName());

    private static final String MAIN = StreamsConfig.mainConsumerPrefix("");
    private static final int PRODUCER_BATCH_BYTES = 256 << 10;
    private static final long PRODUCER_BUFFER_BYTES = 32 << 20;

    private StreamsSettings() {}

    /**
     * All settings for {@code KafkaStreams}.
     *
     * @param kafka what the user set, by Kafka's names; wins over the plan and over this class's recommendations
     * @param plan how much is read ahead
     * @param topology what will run
     * @throws ConfigException if the user set what can't be changed
     */
    public static Map<String, Object> of(Map<String, ?> kafka, ReadAheadPlan plan, HedgerowTopology topology) {
        Map<String, Object> settings = new LinkedHashMap<>(recommended(plan, topology));
        settings.keySet().removeIf(name -> isSet(kafka, name));
        settings.putAll(kafka);
        requireFixed(kafka);
        settings.putAll(FIXED);
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, PeerCheck.clientId(clientId(kafka), topology));
        settings.put(INTERCEPTORS, interceptors(kafka.get(INTERCEPTORS)));
        settings.put(StreamsConfig.mainConsumerPrefix(LookAheadInterceptor.LOOK_AHEAD), topology.lookAhead());
        return settings;
    }

    /**
     * Checks that the user leaves alone what the guarantees stand on.
     *
     * @throws ConfigException naming what has to go
     */
    public static void requireFixed(Map<String, ?> kafka) {
        FIXED.forEach((name, value) -> {
            if (kafka.get(name) != null && !value.equals(kafka.get(name))) {
                throw new ConfigException(
                        name, kafka.get(name), "it can't be changed from " + value + "; leave it out");
            }
        });
    }

    /** The plan as it comes out when the user's own settings have been heeded. */
    public static ReadAheadPlan effective(Map<String, ?> kafka, ReadAheadPlan plan, HedgerowTopology topology) {
        StreamsConfig config = new StreamsConfig(of(kafka, plan, topology));
        ConsumerConfig consumer =
                new ConsumerConfig(deserializing(config.getMainConsumerConfigs("group", "client", 0)));
        return new ReadAheadPlan(
                config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG),
                consumer.getInt(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
                config.getInt(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG),
                consumer.getInt(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
                consumer.getInt(ConsumerConfig.FETCH_MAX_BYTES_CONFIG));
    }

    private static Map<String, Object> deserializing(Map<String, Object> consumer) {
        consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return consumer;
    }

    /** Whether the user set by a less specific name what Kafka Streams would take from the more specific {@code name}. */
    private static boolean isSet(Map<String, ?> kafka, String name) {
        if (name.startsWith(MAIN)) {
            String plain = name.substring(MAIN.length());
            return kafka.containsKey(plain) || kafka.containsKey(StreamsConfig.consumerPrefix(plain));
        }
        return name.startsWith(StreamsConfig.PRODUCER_PREFIX)
                && kafka.containsKey(name.substring(StreamsConfig.PRODUCER_PREFIX.length()));
    }

    private static Map<String, Object> recommended(ReadAheadPlan plan, HedgerowTopology topology) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, plan.threads());
        // A thread that keeps up asks for commits sooner.
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 400);
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, plan.bufferedRecordsPerPartition());
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG, DeviceTaskAssignor.class.getName());
        settings.put(StreamsConfig.clientTagPrefix(TaskShares.DEVICES), Integer.toString(topology.devices()));
        putMain(settings, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, plan.maxPollRecords());
        putMain(settings, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, plan.maxPartitionFetchBytes());
        putMain(settings, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, plan.fetchMaxBytes());
        // A killed instance holds its partitions for as long as the session lasts.
        putMain(settings, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 8_000);
        putMain(settings, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        // Partitions that were added are read from then on; Kafka's default is five minutes.
        putMain(settings, ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        int largest = topology.settings().records().largest();
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), largest);
        // A record that doesn't fit into it is refused; it is taken as it is needed.
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
                Math.max(PRODUCER_BUFFER_BYTES, 2L * largest));
        // Kafka's default is less than one explanation with its map: each would go out in a request of its own.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH_BYTES);
        return settings;
    }

    private static void putMain(Map<String, Object> settings, String name, Object value) {
        settings.put(StreamsConfig.mainConsumerPrefix(name), value);
    }

    /** As Kafka Streams would have it. */
    private static String clientId(Map<String, ?> kafka) {
        Object own = kafka.get(StreamsConfig.CLIENT_ID_CONFIG);
        return own != null && !own.toString().isEmpty()
                ? own.toString()
                : kafka.get(StreamsConfig.APPLICATION_ID_CONFIG) + "-" + UUID.randomUUID();
    }

    /** The look-ahead first, then the user's own. */
    private static List<Object> interceptors(@Nullable Object own) {
        List<Object> interceptors = new ArrayList<>();
        interceptors.add(LookAheadInterceptor.class.getName());
        if (own instanceof List<?> list) {
            interceptors.addAll(list);
        } else if (own != null) {
            interceptors.addAll(List.of(own.toString().trim().split("\\s*,\\s*")));
        }
        return interceptors;
    }
}
