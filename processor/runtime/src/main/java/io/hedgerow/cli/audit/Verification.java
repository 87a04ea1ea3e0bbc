package io.hedgerow.cli.audit;

import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.cli.console.ProgressBar;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies an audit trail, wherever it is kept. */
interface Verification {
    /**
     * Verifies all logs.
     *
     * @param key signs checkpoints; null to look at none
     * @param held checkpoints that the verifier has kept
     * @param tolerance how far a replayed score may be from the logged one; null for what is configured
     */
    List<AuditedLog> run(@Nullable VerifierKey key, List<String> held, @Nullable Float tolerance, ProgressBar progress)
            throws IOException;
}
