package io.hedgerow.audit.log;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of how the audit trail is signed.
 *
 * @param key that signs checkpoints: the text itself; empty for none
 * @param keyFile that holds it, if {@code key} is empty; null for none
 * @param every entries after which a log gets a checkpoint, at least 1
 * @param interval time after which it gets one for fewer
 */
public record SigningSettings(String key, @Nullable Path keyFile, int every, Duration interval) {
    /** Whether checkpoints are signed. */
    public boolean signs() {
        return !key.isEmpty() || keyFile != null;
    }

    @Override
    public String toString() {
        return "SigningSettings[signs=%s]".formatted(signs());
    }
}
