package io.hedgerow.bench;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.log.CheckpointSigner;
import io.hedgerow.audit.log.CheckpointTopic;
import io.hedgerow.audit.log.SigningSession;
import io.hedgerow.audit.log.TopicReader;
import io.hedgerow.audit.note.LogOrigin;
import io.hedgerow.audit.note.SigningKey;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.errors.InterruptException;

/** Signs a measurement's audit trail beside it, as often as a run does by default. */
final class MeasuredSigner implements AutoCloseable {
    private static final int EVERY = 1000;
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final TopicReader reader;
    private final CheckpointSigner signer;

    MeasuredSigner(
            Map<String, Object> kafka,
            Measurement run,
            RegistrySerde<AuditEntry> entries,
            RegistrySerde<AuditCheckpoint> checkpoints) {
        Topics topics = run.names();
        if (topics.audit() == null || topics.checkpoints() == null) {
            throw new IllegalArgumentException("there is no audit trail to sign");
        }
        reader = new TopicReader(kafka, kafka, GRACE);
        SigningKey key = SigningKey.generate("bench");
        CheckpointTopic topic = new CheckpointTopic(reader, topics.checkpoints(), checkpoints.deserializer());
        SigningSession.Plan plan = new SigningSession.Plan(
                new LogOrigin(reader.cluster(), run.name(), topics.input()),
                topics.audit(),
                topics.checkpoints(),
                EVERY,
                INTERVAL);
        signer = new CheckpointSigner(
                () -> new SigningSession(
                        key, plan, topic, entries.deserializer(), checkpoints.serializer(), kafka, kafka),
                GRACE);
    }

    @Override
    public void close() {
        try {
            signer.close();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            reader.close();
        }
    }
}
