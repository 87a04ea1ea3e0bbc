package io.hedgerow.service;

import io.hedgerow.serde.RegistryClient;
import io.hedgerow.serde.RegistryUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the schema registry, not longer than told. */
public final class RegistryWait {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWait.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private RegistryWait() {}

    /**
     * Returns when the registry answers.
     *
     * @throws IOException if it does not in time
     * @throws io.hedgerow.serde.RegistryRefusedException if it doesn't let us in
     */
    public static void until(Map<String, ?> settings, Duration timeout) throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        boolean said = false;
        try (RegistryClient client = new RegistryClient(settings)) {
            while (true) {
                try {
                    client.check();
                    return;
                } catch (RegistryUnavailableException e) {
                    if (System.nanoTime() + PAUSE.toNanos() > end) {
                        throw new IOException(e.getMessage() + "; waited for " + timeout.toSeconds() + " s", e);
                    }
                    if (!said) {
                        LOG.warn(
                                "Waiting for the schema registry, for up to {} s: {}",
                                timeout.toSeconds(),
                                e.getMessage());
                        said = true;
                    }
                    Thread.sleep(PAUSE.toMillis());
                }
            }
        }
    }
}
