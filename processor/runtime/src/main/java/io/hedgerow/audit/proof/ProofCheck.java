package io.hedgerow.audit.proof;

import io.hedgerow.audit.tree.TreeHasher;
import java.util.Arrays;
import java.util.List;

/** Verification of Merkle proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2) with nothing but hashes. Single-threaded. */
public final class ProofCheck {
    private final TreeHasher hasher;

    public ProofCheck(TreeHasher hasher) {
        this.hasher = hasher;
    }

    /** Whether {@code path} leads from the leaf hash at {@code index} to the root of a tree of {@code size} leaves. */
    public boolean isIncluded(byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        byte[] hash = leaf;
        for (byte[] sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = hasher.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = hasher.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** Whether {@code proof} shows that the tree of {@code size} leaves began with that of {@code oldSize}. */
    public boolean isConsistent(long oldSize, byte[] oldRoot, long size, byte[] root, List<byte[]> proof) {
        if (oldSize == size) {
            return proof.isEmpty() && Arrays.equals(oldRoot, root);
        }
        if (oldSize <= 0 || oldSize > size) {
            return oldSize == 0 && proof.isEmpty() && Arrays.equals(oldRoot, hasher.empty());
        }
        boolean isPerfect = Long.bitCount(oldSize) == 1;
        if (proof.isEmpty() && !isPerfect) {
            return false;
        }
        int at = isPerfect ? 0 : 1;
        byte[] first = isPerfect ? oldRoot : proof.get(0);
        long node = oldSize - 1;
        long last = size - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        byte[] older = first;
        byte[] newer = first;
        for (; at < proof.size(); at++) {
            byte[] sibling = proof.get(at);
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                older = hasher.node(sibling, older);
                newer = hasher.node(sibling, newer);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newer = hasher.node(newer, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(older, oldRoot) && Arrays.equals(newer, root);
    }
}
