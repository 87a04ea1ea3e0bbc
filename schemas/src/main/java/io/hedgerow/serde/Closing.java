package io.hedgerow.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Utility that closes a client that may never have been opened. */
final class Closing {
    private Closing() {}

    static void close(@Nullable RegistryClient client) {
        try {
            if (client != null) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
