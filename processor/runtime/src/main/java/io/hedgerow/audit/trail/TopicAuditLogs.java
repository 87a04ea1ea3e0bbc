package io.hedgerow.audit.trail;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.log.TopicLogSource;
import io.hedgerow.audit.log.TopicReader;
import io.hedgerow.audit.note.LogOrigin;
import io.hedgerow.serde.RegistryDeserializer;
import io.hedgerow.serde.RegistrySerde;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The logs in the topics of a cluster. */
public final class TopicAuditLogs implements AuditLogs {
    private final TopicReader reader;
    private final TrailTopics topics;
    private final RegistrySerde<AuditEntry> entries;
    private final RegistrySerde<AuditCheckpoint> checkpoints;

    /**
     * Opens a trail.
     *
     * @param reader closed with this
     * @param registry settings of the registry's client
     */
    public TopicAuditLogs(TopicReader reader, TrailTopics topics, Map<String, ?> registry) {
        this.reader = reader;
        this.topics = topics;
        this.entries = RegistrySerde.of(AuditEntry.class, registry);
        this.checkpoints = RegistrySerde.of(AuditCheckpoint.class, registry);
    }

    /** What the logs' names begin with. */
    LogOrigin origin() {
        return new LogOrigin(reader.cluster(), topics.application(), topics.input());
    }

    TopicReader reader() {
        return reader;
    }

    @Override
    public List<LogSource> logs() {
        LogOrigin origin = origin();
        int partitions = partitions();
        List<LogSource> logs = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            logs.add(log(origin, partition));
        }
        return logs;
    }

    /**
     * How many there are.
     *
     * @throws LogException if one of the topics does not exist, or has fewer partitions than the input
     */
    int partitions() {
        String input = topics.input();
        int partitions = reader.partitions(input);
        for (String topic : List.of(topics.entries(), topics.checkpoints())) {
            int there = reader.partitions(topic);
            if (there < partitions) {
                throw new LogException("topic %s has %d partitions, fewer than the %d of %s"
                        .formatted(topic, there, partitions, input));
            }
        }
        return partitions;
    }

    /** The log of one partition, as far as it goes now. */
    TopicLogSource log(LogOrigin origin, int partition) {
        return new TopicLogSource(
                reader,
                origin.of(partition),
                new TopicPartition(topics.entries(), partition),
                new TopicPartition(topics.checkpoints(), partition),
                entries.deserializer(),
                checkpoints.deserializer());
    }

    @Override
    public RegistryDeserializer<AuditEntry> entries() {
        return entries.deserializer();
    }

    @Override
    public void close() {
        reader.close();
        entries.close();
        checkpoints.close();
    }
}
