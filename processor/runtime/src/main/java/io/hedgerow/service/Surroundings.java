package io.hedgerow.service;

import io.hedgerow.serde.RegistryClient;
import io.hedgerow.topics.TopicCheck;
import io.hedgerow.topics.TopicException;
import io.hedgerow.web.Health;
import io.hedgerow.web.Watch;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** What a run needs outside of its process, watched: the broker, its topics' partitions, the registry. */
final class Surroundings implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TopicCheck cluster;
    private final TopicCheck topics;
    private final RegistryClient registry;
    private final List<Watch> watches;

    Surroundings(Connection connection, MeterRegistry meters) {
        cluster = new TopicCheck(connection.kafka(), PATIENCE);
        topics = new TopicCheck(connection.kafka(), PATIENCE);
        registry = new RegistryClient(asking(connection.registry()));
        watches = List.of(
                new Watch("broker", "reachable", cluster::ask, PAUSE, meters),
                new Watch("topics", "as needed", () -> requirePartitions(connection), PAUSE, meters),
                new Watch("registry", "reachable", registry::check, PAUSE, meters));
    }

    /** The health of parts of this process, and after them that of its surroundings. */
    List<Health.Source> with(List<Health.Source> parts) {
        List<Health.Source> all = new ArrayList<>(parts);
        all.addAll(watches);
        return all;
    }

    /** A broker that is away is not the topics' fault. */
    private void requirePartitions(Connection connection) {
        try {
            topics.requirePartitions(connection.topics());
        } catch (TopicException e) {
            throw e;
        } catch (KafkaException e) {
            // Said by the broker's watch.
        }
    }

    /** A client that remembered answers would not notice that there are none any more. */
    private static Map<String, String> asking(Map<String, String> registry) {
        Map<String, String> settings = new HashMap<>(registry);
        settings.put("missing.id.cache.ttl.sec", "0");
        return settings;
    }

    @Override
    public void close() throws IOException {
        watches.forEach(Watch::close);
        cluster.close();
        topics.close();
        registry.close();
    }
}
