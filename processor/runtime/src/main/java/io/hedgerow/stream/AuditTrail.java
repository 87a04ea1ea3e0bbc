package io.hedgerow.stream;

import io.hedgerow.AuditEntry;
import io.hedgerow.audit.log.LogHistory;
import io.hedgerow.audit.log.LogStarts;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What the topology keeps account with.
 *
 * @param serializer writes entries, by several threads at once
 * @param history finds where a log stands if its state is lost, by several threads at once
 * @param starts tells records that expired unread from gaps of other kinds, by several threads at once
 */
public record AuditTrail(Serializer<AuditEntry> serializer, LogHistory history, LogStarts starts) {}
