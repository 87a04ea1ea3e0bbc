package io.hedgerow.audit.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A Merkle tree that only grows, as the roots of its perfect subtrees, largest first: all that is needed to append leaves and
 * to tell the root. As many as there are ones in the binary form of its size. Single-threaded.
 */
public final class CompactRange {
    private final List<byte[]> nodes;
    private long size;

    /** An empty tree. */
    public CompactRange() {
        this(0, List.of());
    }

    /**
     * A tree that goes on from {@code size} leaves.
     *
     * @param nodes one for each one in the binary form of {@code size}, from the highest on; 32 bytes each
     * @throws IllegalArgumentException if there are more or fewer, or of another length
     */
    public CompactRange(long size, List<byte[]> nodes) {
        if (size < 0 || Long.bitCount(size) != nodes.size()) {
            throw new IllegalArgumentException("a tree of %d leaves has %d perfect subtrees, not %d"
                    .formatted(size, Long.bitCount(size), nodes.size()));
        }
        for (byte[] node : nodes) {
            if (node.length != TreeHasher.BYTES) {
                throw new IllegalArgumentException("a hash has 32 bytes, not " + node.length);
            }
        }
        this.size = size;
        this.nodes = new ArrayList<>(nodes);
    }

    /** A copy that grows on its own. */
    public CompactRange copy() {
        return new CompactRange(size, nodes);
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** The subtrees' roots, largest first. The arrays are not to be changed. */
    public List<byte[]> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** Appends a leaf hash. */
    public void append(byte[] leaf, TreeHasher hasher) {
        byte[] node = leaf;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            node = hasher.node(nodes.remove(nodes.size() - 1), node);
        }
        nodes.add(node);
        size++;
    }

    /** The tree's root. */
    public byte[] root(TreeHasher hasher) {
        if (nodes.isEmpty()) {
            return hasher.empty();
        }
        byte[] root = nodes.get(nodes.size() - 1);
        for (int i = nodes.size() - 2; i >= 0; i--) {
            root = hasher.node(nodes.get(i), root);
        }
        return root;
    }
}
