package io.hedgerow.dashboard.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.RecordInput;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.CompactRanges;
import io.hedgerow.audit.tree.MerkleTree;
import io.hedgerow.audit.tree.TreeHasher;
import io.hedgerow.dashboard.events.EventStore.Address;
import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Audit entries of explanations, and what proves that they are in the log: the path from the checkpoint before an entry to the
 * one after it, for which only the entries between the two are read. Nothing is verified here; whoever asks does that. Safe for
 * use by several threads.
 */
public final class AuditTrail {
    private static final int LOOKED_AT = 4_000;
    private static final int KEPT_TEXT = 200;
    private static final int CHECKPOINTS_BEFORE = 64;
    private static final int MOST_ENTRIES = 200_000;
    private static final Duration EARLIER = Duration.ofSeconds(1);

    private final EventStore store;
    private final String entries;
    private final String checkpoints;
    private final Deserializer<AuditEntry> entryReader;
    private final Deserializer<AuditCheckpoint> checkpointReader;

    /**
     * An entry.
     *
     * @param entry what it says, as JSON
     * @param partition whose log it is in
     * @param index in that log
     */
    public record Entry(ObjectNode entry, int partition, long index) {}

    /**
     * A proof that an entry is in a log.
     *
     * @param entry its bytes as they are stored, after whose hash the path begins
     * @param path from the leaf's sibling up
     * @param checkpoint signed note
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Proof(
            byte[] entry, long leafIndex, long treeSize, List<byte[]> path, String checkpoint, String origin) {}

    private record Found(ConsumerRecord<byte[], byte[]> record, AuditEntry entry) {}

    private record Sealed(long size, String origin, AuditCheckpoint stored) {}

    /** Takes the topics of entries and checkpoints; the deserializers stay the caller's to close. */
    public AuditTrail(
            EventStore store,
            String entries,
            String checkpoints,
            Deserializer<AuditEntry> entryReader,
            Deserializer<AuditCheckpoint> checkpointReader) {
        this.store = store;
        this.entries = entries;
        this.checkpoints = checkpoints;
        this.entryReader = entryReader;
        this.checkpointReader = checkpointReader;
    }

    /** The entry of an explanation; null if it isn't found. */
    public CompletableFuture<@Nullable Entry> entry(Address address) {
        return store.fetch((fetcher, unused) -> find(fetcher, address)
                .map(found -> {
                    ObjectNode json = RecordJson.of(found.entry());
                    json.put("recordedAt", found.entry().getRecordedAt().toEpochMilli());
                    return new Entry(
                            json, found.record().partition(), found.entry().getIndex());
                })
                .orElse(null));
    }

    /** The proof for the entry of an explanation; null if it isn't found, or no checkpoint covers it yet. */
    public CompletableFuture<@Nullable Proof> proof(Address address) {
        return store.fetch((fetcher, unused) ->
                find(fetcher, address).flatMap(found -> prove(fetcher, found)).orElse(null));
    }

    private Optional<Found> find(RecordFetcher fetcher, Address address) {
        ConsumerRecord<byte[], byte[]> record = fetcher.fetch(
                        new TopicPartition(store.topic(), address.partition()), address.offset())
                .orElse(null);
        Explanation explanation = record == null ? null : store.read(record);
        if (record == null || explanation == null || explanation.getInputs().isEmpty()) {
            return Optional.empty();
        }
        RecordInput input = explanation.getInputs().get(0);
        TopicPartition log = new TopicPartition(entries, input.getPartition());
        if (!fetcher.partitions(entries).contains(log)) {
            return Optional.empty();
        }
        byte[] name = beginning(explanation.getEventId());
        long from = fetcher.at(log, record.timestamp() - EARLIER.toMillis())
                .orElseGet(() -> Math.max(fetcher.begin(log), fetcher.end(log) - LOOKED_AT));
        return fetcher.from(log, from, LOOKED_AT, candidate -> is(candidate, input, name)).stream()
                .map(one -> new Found(one, entryReader.deserialize(entries, one.value())))
                .findFirst();
    }

    /** Entries hold the beginning of a long id. */
    private static byte[] beginning(String id) {
        int kept = Math.min(id.length(), KEPT_TEXT);
        int whole = kept > 0 && Character.isHighSurrogate(id.charAt(kept - 1)) ? kept - 1 : kept;
        return id.substring(0, whole).getBytes(StandardCharsets.UTF_8);
    }

    private boolean is(ConsumerRecord<byte[], byte[]> record, RecordInput input, byte[] name) {
        if (record.value() == null || !Bytes.contains(record.value(), name)) {
            return false;
        }
        try {
            AuditEntry entry = entryReader.deserialize(entries, record.value());
            return entry != null && entry.getInputs().contains(input);
        } catch (MalformedRecordException | UnknownSchemaException e) {
            return false;
        }
    }

    private Optional<Proof> prove(RecordFetcher fetcher, Found found) {
        TopicPartition notes = new TopicPartition(checkpoints, found.record().partition());
        long index = found.entry().getIndex();
        long near = fetcher.at(notes, found.entry().getRecordedAt().toEpochMilli() - EARLIER.toMillis())
                .orElseGet(() -> fetcher.end(notes));
        long from = Math.max(fetcher.begin(notes), near - CHECKPOINTS_BEFORE);
        Sealed[] around = new Sealed[2];
        var unused = fetcher.from(notes, from, LOOKED_AT, record -> {
            Sealed sealed = sealed(record);
            if (sealed != null && sealed.size() <= index) {
                around[0] = sealed;
            } else if (sealed != null) {
                around[1] = sealed;
            }
            return around[1] != null;
        });
        return around[1] == null ? Optional.empty() : Optional.of(prove(fetcher, found, around[0], around[1]));
    }

    private Proof prove(RecordFetcher fetcher, Found found, @Nullable Sealed before, Sealed after) {
        TopicPartition log = new TopicPartition(entries, found.record().partition());
        TreeHasher hasher = new TreeHasher();
        MerkleTree tree = new MerkleTree(
                before == null
                        ? new CompactRange()
                        : CompactRanges.of(before.size(), before.stored().getRange()),
                hasher);
        long from = before == null ? fetcher.begin(log) : before.stored().getLastOffset() + 1;
        var unused = fetcher.from(log, from, MOST_ENTRIES, record -> {
            tree.append(hasher.leaf(record.value() == null ? new byte[0] : record.value()));
            return tree.size() >= after.size();
        });
        if (tree.size() < after.size()) {
            throw new LogException("the log has fewer entries than its checkpoint says: verify it");
        }
        return new Proof(
                found.record().value(),
                found.entry().getIndex(),
                after.size(),
                tree.inclusion(found.entry().getIndex(), after.size()),
                after.stored().getNote(),
                after.origin());
    }

    private @Nullable Sealed sealed(ConsumerRecord<byte[], byte[]> record) {
        try {
            AuditCheckpoint stored = checkpointReader.deserialize(checkpoints, record.value());
            if (stored != null) {
                Checkpoint checkpoint = Checkpoint.parseUnverified(stored.getNote());
                return new Sealed(checkpoint.size(), checkpoint.origin(), stored);
            }
        } catch (MalformedRecordException | UnknownSchemaException | LogException e) {
            // Whoever verifies the trail is told.
        }
        return null;
    }
}
