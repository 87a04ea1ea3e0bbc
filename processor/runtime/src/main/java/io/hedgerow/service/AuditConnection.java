package io.hedgerow.service;

import io.hedgerow.audit.log.TopicReader;
import io.hedgerow.audit.trail.TopicAuditLogs;
import io.hedgerow.audit.trail.TopicVerification;
import io.hedgerow.audit.trail.TrailTopics;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.ConfigurationException;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.topics.Topics;
import java.nio.file.Path;

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

    /** The logs in the topics. */
    public TopicAuditLogs logs() {
        return new TopicAuditLogs(reader(), topics(), connection.registry());
    }

    /** What verifies them, and what they account for. */
    public TopicVerification verification() {
        return new TopicVerification(this::reader, topics(), connection.registry(), scoreTolerance);
    }

    private TrailTopics topics() {
        Topics names = connection.topics();
        return new TrailTopics(application, names.input(), names.explanations(), entries, checkpoints);
    }

    private TopicReader reader() {
        return new TopicReader(connection.consumer(CLIENT), connection.admin(CLIENT), connection.timeout());
    }
}
