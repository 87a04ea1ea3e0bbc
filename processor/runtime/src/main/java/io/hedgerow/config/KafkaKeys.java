package io.hedgerow.config;

import io.hedgerow.yaml.Nearest;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings that Kafka Streams and its clients know, with the prefixes that say which client is meant. */
final class KafkaKeys {
    /** As many wrong letters are taken for a slip; plug-ins' keys differ by more. */
    private static final int SLIPS = 2;

    /** What may be called anything: tags, and parameters of named providers of secrets. */
    private static final List<String> FREE = List.of(StreamsConfig.CLIENT_TAG_PREFIX, "config.providers.");

    private final Set<String> known = new TreeSet<>();

    /** Collects them. */
    KafkaKeys() {
        Set<String> consumer = ConsumerConfig.configNames();
        Map<String, Collection<String>> clients = Map.of(
                StreamsConfig.CONSUMER_PREFIX, consumer,
                StreamsConfig.MAIN_CONSUMER_PREFIX, consumer,
                StreamsConfig.RESTORE_CONSUMER_PREFIX, consumer,
                StreamsConfig.GLOBAL_CONSUMER_PREFIX, consumer,
                StreamsConfig.PRODUCER_PREFIX, ProducerConfig.configNames(),
                StreamsConfig.ADMIN_CLIENT_PREFIX, AdminClientConfig.configNames(),
                StreamsConfig.TOPIC_PREFIX, topicSettings());
        known.addAll(StreamsConfig.configDef().names());
        known.add("config.providers");
        clients.forEach((prefix, names) -> names.forEach(name -> {
            known.add(prefix + name);
            if (!prefix.equals(StreamsConfig.TOPIC_PREFIX)) {
                known.add(name);
            }
        }));
    }

    /** The known setting that {@code name}, which is none, was probably meant to be. */
    Optional<String> meant(String name) {
        return isKnown(name) ? Optional.empty() : Nearest.within(SLIPS, name, known);
    }

    /** Those of {@code names} that are not Kafka's: plug-ins have settings of their own. */
    List<String> unknown(Collection<String> names) {
        return names.stream().filter(name -> !isKnown(name)).sorted().collect(Collectors.toList());
    }

    private boolean isKnown(String name) {
        return known.contains(name) || FREE.stream().anyMatch(name::startsWith);
    }

    private static Set<String> topicSettings() {
        return Stream.of(TopicConfig.class.getFields())
                .filter(field -> field.getName().endsWith("_CONFIG"))
                .map(KafkaKeys::text)
                .collect(Collectors.toSet());
    }

    private static String text(Field constant) {
        try {
            return String.valueOf(constant.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
