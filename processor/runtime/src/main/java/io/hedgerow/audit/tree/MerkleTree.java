package io.hedgerow.audit.tree;

import io.hedgerow.audit.LogException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole Merkle tree (RFC 6962, section 2.1), for proofs; or what is left of it where its beginning is only known as a compact
 * range. Single-threaded.
 */
public final class MerkleTree {
    private record Span(long from, long to) {}

    private final TreeHasher hasher;
    private final long start;
    private final Map<Span, byte[]> known = new HashMap<>();
    private final List<byte[]> leaves = new ArrayList<>();

    /** A tree that goes on from {@code start}. */
    public MerkleTree(CompactRange start, TreeHasher hasher) {
        this.hasher = hasher;
        this.start = start.size();
        long from = 0;
        int node = 0;
        for (long bit = Long.highestOneBit(start.size()); bit > 0; bit >>= 1) {
            if ((start.size() & bit) != 0) {
                known.put(new Span(from, from + bit), start.nodes().get(node++));
                from += bit;
            }
        }
    }

    /** Appends a leaf hash. */
    public void append(byte[] leaf) {
        leaves.add(leaf);
    }

    /** Number of leaves. */
    public long size() {
        return start + leaves.size();
    }

    /** The leaf hash at {@code index}. */
    public byte[] leaf(long index) {
        return root(index, index + 1);
    }

    /** The root of the first {@code size} leaves. */
    public byte[] root(long size) {
        return size == 0 ? hasher.empty() : root(0, size);
    }

    /**
     * The hashes that lead from a leaf to the root of the first {@code size} leaves, lowest first (section 2.1.1).
     *
     * @throws LogException if it takes leaves that are gone
     */
    public List<byte[]> inclusion(long index, long size) {
        List<byte[]> path = new ArrayList<>();
        path(index, 0, size, path);
        return path;
    }

    /**
     * The hashes that lead from the root of the first {@code from} leaves to that of the first {@code to} (section 2.1.2).
     *
     * @throws LogException if it takes leaves that are gone
     */
    public List<byte[]> consistency(long from, long to) {
        List<byte[]> proof = new ArrayList<>();
        if (from > 0 && from < to) {
            subproof(from, 0, to, true, proof);
        }
        return proof;
    }

    private void path(long index, long from, long to, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        long middle = middle(from, to);
        if (index < middle) {
            path(index, from, middle, path);
            path.add(root(middle, to));
        } else {
            path(index, middle, to, path);
            path.add(root(from, middle));
        }
    }

    private void subproof(long size, long from, long to, boolean isWhole, List<byte[]> proof) {
        if (size == to) {
            if (!isWhole) {
                proof.add(root(from, to));
            }
            return;
        }
        long middle = middle(from, to);
        if (size <= middle) {
            subproof(size, from, middle, isWhole, proof);
            proof.add(root(middle, to));
        } else {
            subproof(size, middle, to, false, proof);
            proof.add(root(from, middle));
        }
    }

    private byte[] root(long from, long to) {
        byte @Nullable [] node = known.get(new Span(from, to));
        if (node != null) {
            return node;
        }
        boolean isLeaf = to - from == 1;
        if (isLeaf ? from < start : to <= start && Long.bitCount(to - from) == 1) {
            throw new LogException("it takes entries %d to %d, which are gone".formatted(from, to - 1));
        }
        if (isLeaf) {
            return leaves.get(Math.toIntExact(from - start));
        }
        long middle = middle(from, to);
        return hasher.node(root(from, middle), root(middle, to));
    }

    /** After the largest power of two that is smaller than the span. */
    private static long middle(long from, long to) {
        return from + Long.highestOneBit(to - from - 1);
    }
}
