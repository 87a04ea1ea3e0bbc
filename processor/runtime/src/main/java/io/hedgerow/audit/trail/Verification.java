package io.hedgerow.audit.trail;

import io.hedgerow.audit.note.VerifierKey;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies an audit trail, wherever it is kept. */
public interface Verification {
    /**
     * Verifies all logs.
     *
     * @param key signs checkpoints; null to look at none
     * @param held checkpoints that the verifier has kept
     * @param tolerance how far a replayed score may be from the logged one; null for what is configured
     * @param progress told how far it has come
     * @return what was found, a log each
     * @throws io.hedgerow.audit.LogException if a log can't be read as one
     * @throws IOException if a file can't be read
     */
    List<AuditedLog> run(
            @Nullable VerifierKey key, List<String> held, @Nullable Float tolerance, VerificationProgress progress)
            throws IOException;
}
