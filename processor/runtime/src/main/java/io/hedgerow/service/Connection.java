package io.hedgerow.service;

import io.hedgerow.audit.log.TopicReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * How a command reaches a cluster and its registry. Its settings hold secrets.
 *
 * @param kafka settings of Kafka Streams and its clients, with {@code application.id}
 * @param registry settings of the registry's client
 * @param topics their names
 * @param monitor names of monitoring's; null for no monitoring
 * @param timeout how long to wait for an answer
 */
public record Connection(
        Map<String, Object> kafka,
        Map<String, String> registry,
        Topics topics,
        @Nullable MonitorTopics monitor,
        Duration timeout) {
    public static Connection of(HedgerowConfig config) {
        Map<String, Object> kafka = new HashMap<>(config.kafka().values());
        kafka.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        return new Connection(
                kafka, config.registry().values(), config.topics(), config.monitorTopics(), config.startup());
    }

    /** Settings of a consumer without a group, which reads what is committed. */
    public Map<String, Object> consumer(String clientId) {
        Map<String, Object> settings = new StreamsConfig(kafka).getRestoreConsumerConfigs(clientId);
        settings.put("isolation.level", "read_committed");
        return settings;
    }

    /** Reads topics from one offset to another. */
    public TopicReader reader(String clientId) {
        return new TopicReader(consumer(clientId), admin(clientId), timeout);
    }

    /** Settings of an administrative client. */
    Map<String, Object> admin(String clientId) {
        return new StreamsConfig(kafka).getAdminConfigs(clientId);
    }

    /** Settings of a producer. */
    public Map<String, Object> producer(String clientId) {
        Map<String, Object> settings = new StreamsConfig(kafka).getProducerConfigs(clientId);
        settings.putIfAbsent("max.block.ms", (int) timeout.toMillis());
        return settings;
    }

    /** The brokers' addresses, for messages. */
    String cluster() {
        return String.valueOf(kafka.get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG));
    }
}
