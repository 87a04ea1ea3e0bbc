package io.hedgerow.cli;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.StoredLog;
import io.hedgerow.audit.TopicReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topology.AuditTrail;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** The audit trail of a run: nothing if it is switched off. */
final class RunAudit implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final @Nullable AuditTrail trail;

    /** Connects to cluster and registry; a schema that the registry won't have is refused now. */
    RunAudit(HedgerowConfig config, Map<String, Object> kafka) {
        if (!config.audit().enabled()) {
            trail = null;
            return;
        }
        Map<String, String> registry = config.registry().values();
        String topic = config.topics().audit();
        RegistrySerde<AuditEntry> entries = opened(RegistrySerde.of(AuditEntry.class, registry));
        RegistrySerde<AuditCheckpoint> checkpoints = opened(RegistrySerde.of(AuditCheckpoint.class, registry));
        entries.serializer().prepare(topic, AuditEntry.getClassSchema());
        StreamsConfig streams = new StreamsConfig(kafka);
        TopicReader reader = opened(new TopicReader(
                streams.getRestoreConsumerConfigs("hedgerow-audit"),
                streams.getAdminConfigs("hedgerow-audit"),
                config.timeouts().startup()));
        StoredLog history = new StoredLog(
                reader,
                topic,
                config.topics().checkpoints(),
                entries.deserializer(),
                checkpoints.deserializer());
        trail = new AuditTrail(entries.serializer(), history, reader::begin);
    }

    /** What the topology keeps account with; null if it keeps none. */
    @Nullable
    AuditTrail trail() {
        return trail;
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }
}
