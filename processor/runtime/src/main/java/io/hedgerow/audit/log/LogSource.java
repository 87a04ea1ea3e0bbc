package io.hedgerow.audit.log;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.tree.CompactRange;
import java.util.List;

/** Source from which one log can be read. */
public interface LogSource {
    /** Takes entries in the order in which they are stored. */
    interface Entries {
        /** The next entry: where it is stored, and its bytes as they are stored. */
        void add(long offset, byte[] entry);

        /** The next entry, by a source that had to read it: {@code read} is what {@code entry} says. */
        default void add(long offset, byte[] entry, AuditEntry read) {
            add(offset, entry);
        }
    }

    /** Names the log. */
    String origin();

    /** Topic of the entries. */
    String topic();

    /** Shows all checkpoints that are stored, in their order. */
    void checkpoints(CheckpointSequence line);

    /**
     * What comes before the first entry.
     *
     * @param checkpoints that are good, by size
     * @throws LogException if that can't be told
     */
    CompactRange start(List<AuditCheckpoint> checkpoints);

    /** Shows all entries after the start, in their order; to be called after {@link #start}. */
    void entries(Entries entries);
}
