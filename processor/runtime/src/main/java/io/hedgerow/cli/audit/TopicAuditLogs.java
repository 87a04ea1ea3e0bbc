package io.hedgerow.cli.audit;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.log.TopicLogSource;
import io.hedgerow.audit.log.TopicReader;
import io.hedgerow.audit.note.LogOrigin;
import io.hedgerow.serde.RegistryDeserializer;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.service.AuditConnection;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** The logs in the topics of a cluster. */
final class TopicAuditLogs implements AuditLogs {
    private final AuditConnection connection;
    private final TopicReader reader;
    private final RegistrySerde<AuditEntry> entries;
    private final RegistrySerde<AuditCheckpoint> checkpoints;

    TopicAuditLogs(AuditConnection connection) {
        this.connection = connection;
        this.reader = connection.reader();
        this.entries = connection.serde(AuditEntry.class);
        this.checkpoints = connection.serde(AuditCheckpoint.class);
    }

    TopicReader reader() {
        return reader;
    }

    @Override
    public List<LogSource> logs() {
        LogOrigin origin = connection.origin(reader);
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
        String input = connection.topics().input();
        int partitions = reader.partitions(input);
        for (String topic : List.of(connection.entries(), connection.checkpoints())) {
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
                new TopicPartition(connection.entries(), partition),
                new TopicPartition(connection.checkpoints(), partition),
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
