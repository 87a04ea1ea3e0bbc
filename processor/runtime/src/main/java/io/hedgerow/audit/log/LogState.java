package io.hedgerow.audit.log;

import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.TreeHasher;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State of a log: how many entries it has, the hash of the last one, the compact range of all, and up to which offset of
 * the input they go. Single-threaded.
 */
public final class LogState {
    private static final byte VERSION = 1;

    private final CompactRange range;
    private byte[] lastLeaf;
    private @Nullable Long lastOffset;

    /** An empty log. */
    public LogState() {
        this(new CompactRange(), new byte[0], null);
    }

    /**
     * A log that goes on.
     *
     * @param lastLeaf hash of the last entry; empty if there is none
     * @param lastOffset of the input record that the last entry is about; null if there is none
     */
    public LogState(CompactRange range, byte[] lastLeaf, @Nullable Long lastOffset) {
        boolean empty = range.size() == 0;
        if (lastLeaf.length != (empty ? 0 : TreeHasher.BYTES) || (lastOffset == null) != empty) {
            throw new IllegalArgumentException("a log of %d entries whose last one has a hash of %d bytes and offset %s"
                    .formatted(range.size(), lastLeaf.length, lastOffset));
        }
        this.range = range;
        this.lastLeaf = lastLeaf;
        this.lastOffset = lastOffset;
    }

    /** Number of entries: the next one's index. */
    public long size() {
        return range.size();
    }

    /** Hash of the last entry, 64 lower-case hexadecimal digits; empty if there is none. */
    public String lastLeaf() {
        return HexFormat.of().formatHex(lastLeaf);
    }

    /** Offset of the last input record accounted for; null if there is none. */
    public @Nullable Long lastOffset() {
        return lastOffset;
    }

    /** Perfect subtrees of all entries. */
    public CompactRange range() {
        return range;
    }

    /**
     * Appends an entry.
     *
     * @param entry its bytes as they are stored
     * @param offset of the last input record that it is about
     */
    public void append(byte[] entry, long offset, TreeHasher hasher) {
        byte[] leaf = hasher.leaf(entry);
        range.append(leaf, hasher);
        lastLeaf = leaf;
        lastOffset = offset;
    }

    /** A form to store. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(
                1 + Long.BYTES + Long.BYTES + lastLeaf.length + range.nodes().size() * TreeHasher.BYTES);
        bytes.put(VERSION)
                .putLong(range.size())
                .putLong(lastOffset == null ? -1 : lastOffset)
                .put(lastLeaf);
        range.nodes().forEach(bytes::put);
        return bytes.array();
    }

    /**
     * Reads what {@link #toBytes()} made.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static LogState parse(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        try {
            if (bytes.get() != VERSION) {
                throw new IllegalArgumentException("the state of a log in version " + stored[0] + ", not " + VERSION);
            }
            long size = bytes.getLong();
            long offset = bytes.getLong();
            byte[] leaf = new byte[size == 0 ? 0 : TreeHasher.BYTES];
            bytes.get(leaf);
            List<byte[]> nodes = new ArrayList<>();
            while (bytes.hasRemaining()) {
                byte[] node = new byte[TreeHasher.BYTES];
                bytes.get(node);
                nodes.add(node);
            }
            return new LogState(new CompactRange(size, nodes), leaf, size == 0 ? null : offset);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the state of a log ends after %d bytes".formatted(stored.length), e);
        }
    }
}
