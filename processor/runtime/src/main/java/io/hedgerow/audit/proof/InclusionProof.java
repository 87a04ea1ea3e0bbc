package io.hedgerow.audit.proof;

import io.hedgerow.audit.LogException;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.tree.TreeHasher;
import java.util.Base64;
import java.util.List;

/**
 * Proof that an entry is in a log (<a href="https://c2sp.org/tlog-proof">C2SP tlog-proof</a>). The entry itself is the extra
 * data, so that nothing else is needed.
 *
 * @param entry its bytes as they are stored
 * @param index of the entry
 * @param path from the leaf's sibling up
 * @param checkpoint a signed note
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record InclusionProof(byte[] entry, long index, List<byte[]> path, String checkpoint) {
    /** The first line. */
    public static final String HEADER = "c2sp.org/tlog-proof@v1";

    /** The proof's text. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        StringBuilder text = new StringBuilder(HEADER)
                .append("\nextra ")
                .append(base64.encodeToString(entry))
                .append("\nindex ")
                .append(index)
                .append('\n');
        path.forEach(hash -> text.append(base64.encodeToString(hash)).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    /**
     * Reads a proof; says nothing of whether it holds.
     *
     * @throws LogException if the text is none
     */
    public static InclusionProof parse(String text) {
        ProofText lines = new ProofText(text);
        if (!lines.after(HEADER).isEmpty()) {
            throw new LogException("this is another version of a proof than " + HEADER);
        }
        byte[] entry = lines.base64("extra ");
        long index = lines.number("index ");
        return new InclusionProof(entry, index, lines.hashes(), lines.rest());
    }

    /**
     * Verifies the proof.
     *
     * @return the checkpoint that vouches for the entry
     * @throws LogException if it proves nothing
     */
    public Checkpoint verify(VerifierKey key) {
        Checkpoint signed = Checkpoint.open(checkpoint, key);
        TreeHasher hasher = new TreeHasher();
        if (!new ProofCheck(hasher).isIncluded(hasher.leaf(entry), index, signed.size(), path, signed.root())) {
            throw new LogException("the entry is not number %d of %s: its hash does not lead to the root at %d"
                    .formatted(index, signed.origin(), signed.size()));
        }
        return signed;
    }
}
