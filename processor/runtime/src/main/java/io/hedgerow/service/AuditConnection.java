package io.hedgerow.service;

import io.hedgerow.audit.log.TopicReader;
import io.hedgerow.audit.note.LogOrigin;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.ConfigurationException;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.nio.file.Path;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * How a command reaches the audit trail that a configuration names.
 *
 * @param entries topic of the entries
 * @param checkpoints topic of the checkpoints
 * @param scoreTolerance how far replayed scores may be from logged ones
 */
public record AuditConnection(
        Connection connection, String application, String entries, String checkpoints, float scoreTolerance) {
    private static final String CLIENT = "hedgerow-audit";

    public static AuditConnection of(Path file) {
        HedgerowConfig config = ConfigReader.read(file, System.getenv());
        Connection connection = Connection.of(config);
        String entries = connection.topics().audit();
        String checkpoints = connection.topics().checkpoints();
        if (entries == null || checkpoints == null) {
            throw new ConfigurationException(file + ": audit.enabled is false: there is no audit trail");
        }
        return new AuditConnection(
                connection,
                config.applicationId(),
                entries,
                checkpoints,
                config.explaining().scoreTolerance());
    }

    public Topics topics() {
        return connection.topics();
    }

    public TopicReader reader() {
        return new TopicReader(connection.consumer(CLIENT), connection.admin(CLIENT), connection.timeout());
    }

    public LogOrigin origin(TopicReader reader) {
        return new LogOrigin(reader.cluster(), application, topics().input());
    }

    public <T extends SpecificRecordBase> RegistrySerde<T> serde(Class<T> type) {
        return RegistrySerde.of(type, connection.registry());
    }
}
