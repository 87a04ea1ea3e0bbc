package io.hedgerow.service;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.log.CheckpointSigner;
import io.hedgerow.audit.log.CheckpointTopic;
import io.hedgerow.audit.log.SigningSession;
import io.hedgerow.audit.log.StoredLog;
import io.hedgerow.audit.log.TopicReader;
import io.hedgerow.audit.note.LogOrigin;
import io.hedgerow.audit.note.SigningKey;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.config.TextFile;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.stream.AuditTrail;
import io.hedgerow.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit trail of a run, and its signer if there is a key: nothing if the trail is switched off. */
final class RunAudit implements AutoCloseable {
    private static final String CLIENT = "hedgerow-audit";

    private final HedgerowConfig config;
    private final Connection connection;
    private final Opened opened = new Opened();
    private final @Nullable AuditTrail trail;

    /** Connects to cluster and registry. A schema that the registry won't have, or a key that is none, is refused now. */
    RunAudit(HedgerowConfig config, Connection connection) throws IOException {
        this.config = config;
        this.connection = connection;
        Topics topics = connection.topics();
        String entries = topics.audit();
        String checkpoints = topics.checkpoints();
        trail = entries == null || checkpoints == null ? null : open(topics.input(), entries, checkpoints);
    }

    /** What the topology keeps account with; null if it keeps none. */
    @Nullable
    AuditTrail trail() {
        return trail;
    }

    @Override
    public void close() throws Exception {
        opened.close();
    }

    private AuditTrail open(String input, String entries, String checkpoints) throws IOException {
        SigningKey key = key();
        RegistrySerde<AuditEntry> entrySerde = opened.add(RegistrySerde.of(AuditEntry.class, connection.registry()));
        RegistrySerde<AuditCheckpoint> checkpointSerde =
                opened.add(RegistrySerde.of(AuditCheckpoint.class, connection.registry()));
        entrySerde.serializer().prepare(entries, AuditEntry.getClassSchema());
        TopicReader reader = opened.add(
                new TopicReader(connection.consumer(CLIENT), connection.admin(CLIENT), connection.timeout()));
        CheckpointTopic topic = new CheckpointTopic(reader, checkpoints, checkpointSerde.deserializer());
        if (key != null) {
            checkpointSerde.serializer().prepare(checkpoints, AuditCheckpoint.getClassSchema());
            SigningSession.Plan plan = new SigningSession.Plan(
                    new LogOrigin(reader.cluster(), config.applicationId(), input),
                    entries,
                    checkpoints,
                    config.signing().every(),
                    config.signing().interval());
            opened.add(new CheckpointSigner(
                    () -> new SigningSession(
                            key,
                            plan,
                            topic,
                            entrySerde.deserializer(),
                            checkpointSerde.serializer(),
                            connection.consumer(CLIENT + "-signer"),
                            connection.producer(CLIENT + "-signer")),
                    config.shutdown()));
        }
        return new AuditTrail(
                entrySerde.serializer(),
                new StoredLog(reader, entries, entrySerde.deserializer(), topic),
                reader::begin);
    }

    private @Nullable SigningKey key() throws IOException {
        Logger log = LoggerFactory.getLogger(RunAudit.class);
        if (!config.signing().signs()) {
            log.warn(
                    "Every event is accounted for in {}, but nothing of it is signed: whoever may write there can rewrite it unseen; `hedgerow audit keygen` makes a key, for audit.key-file",
                    config.topics().audit());
            return null;
        }
        Path file = config.signing().keyFile();
        SigningKey key = file == null ? SigningKey.parse(config.signing().key()) : read(file);
        log.info("Checkpoints are signed for {}", key.verifier());
        return key;
    }

    private static SigningKey read(Path file) throws IOException {
        try {
            return SigningKey.parse(TextFile.read(file));
        } catch (LogException e) {
            throw new LogException(file + ": " + e.getMessage());
        }
    }
}
