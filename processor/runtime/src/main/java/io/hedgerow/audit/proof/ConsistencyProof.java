package io.hedgerow.audit.proof;

import io.hedgerow.audit.LogException;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.tree.TreeHasher;
import java.util.Base64;
import java.util.List;

/**
 * Proof that a log at one checkpoint began with what it was at an earlier one.
 *
 * @param hashes as RFC 6962, section 2.1.2 has them
 * @param older a signed note
 * @param newer a signed note
 */
public record ConsistencyProof(List<byte[]> hashes, String older, String newer) {
    /** The first line. */
    public static final String HEADER = "hedgerow/consistency-proof@v1";

    /** The proof's text: header, hashes, and both checkpoints, with empty lines between. */
    public String text() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        hashes.forEach(
                hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return text.append('\n').append(older).append('\n').append(newer).toString();
    }

    /**
     * Reads a proof; says nothing of whether it holds.
     *
     * @throws LogException if the text is none
     */
    public static ConsistencyProof parse(String text) {
        ProofText lines = new ProofText(text);
        if (!lines.after(HEADER).isEmpty()) {
            throw new LogException("this is another version of a proof than " + HEADER);
        }
        return new ConsistencyProof(lines.hashes(), lines.note(), lines.rest());
    }

    /**
     * Verifies the proof.
     *
     * @return the newer checkpoint
     * @throws LogException if it proves nothing
     */
    public Checkpoint verify(VerifierKey key) {
        Checkpoint before = Checkpoint.open(older, key);
        Checkpoint after = Checkpoint.open(newer, key);
        if (!before.origin().equals(after.origin())) {
            throw new LogException(
                    "one checkpoint is of %s, the other of %s".formatted(before.origin(), after.origin()));
        }
        boolean isConsistent = new ProofCheck(new TreeHasher())
                .isConsistent(before.size(), before.root(), after.size(), after.root(), hashes);
        if (!isConsistent) {
            throw new LogException("%s at %d does not begin with what it was at %d"
                    .formatted(after.origin(), after.size(), before.size()));
        }
        return after;
    }
}
