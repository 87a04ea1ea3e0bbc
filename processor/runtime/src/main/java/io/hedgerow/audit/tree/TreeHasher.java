package io.hedgerow.audit.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of a Merkle tree (RFC 6962, section 2.1): leaves and nodes can't be mistaken for each other. Single-threaded. */
public final class TreeHasher {
    /** Length of a hash. */
    public static final int BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256;

    public TreeHasher() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** SHA-256(0x00 ‖ entry). */
    public byte[] leaf(byte[] entry) {
        sha256.update(LEAF);
        return sha256.digest(entry);
    }

    /** SHA-256(0x01 ‖ left ‖ right). */
    public byte[] node(byte[] left, byte[] right) {
        sha256.update(NODE);
        sha256.update(left);
        return sha256.digest(right);
    }

    /** The root of a tree without leaves: SHA-256 of nothing. */
    public byte[] empty() {
        return sha256.digest();
    }
}
