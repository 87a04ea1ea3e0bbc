package io.hedgerow.audit.trail;

import io.hedgerow.AuditEntry;
import io.hedgerow.audit.log.LogSource;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;

/** The logs of an audit trail, wherever they are kept. */
public interface AuditLogs extends AutoCloseable {
    /** One for each partition. */
    List<LogSource> logs();

    /** Reads their entries. */
    Deserializer<AuditEntry> entries();

    @Override
    void close();
}
