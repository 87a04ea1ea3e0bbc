package io.hedgerow.audit.log;

import io.hedgerow.AuditEntry;
import org.jspecify.annotations.Nullable;

/**
 * Links of an entry to its neighbours.
 *
 * @param offset where it is stored, for messages
 * @param leaf its leaf hash, hexadecimal digits
 * @param index that it claims; -1 if it can't be read
 * @param previousLeaf what it claims to be the leaf hash of the entry before; empty if it claims none
 */
public record StoredEntry(long offset, String leaf, long index, String previousLeaf) {
    public static StoredEntry of(long offset, String leaf, @Nullable AuditEntry entry) {
        return entry == null
                ? new StoredEntry(offset, leaf, -1, "")
                : new StoredEntry(offset, leaf, entry.getIndex(), entry.getPreviousLeaf());
    }
}
