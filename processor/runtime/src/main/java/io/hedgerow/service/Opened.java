package io.hedgerow.service;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What was opened, to be closed in reverse. For one thread. */
final class Opened implements AutoCloseable {
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    /** Takes charge of a resource, and hands it back. */
    <T extends AutoCloseable> T add(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Closes everything, even if something can't be, and then throws why that could not. */
    @Override
    public void close() throws Exception {
        Exception failure = null;
        while (!resources.isEmpty()) {
            failure = close(resources.pop(), failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Closes everything after a failure, which keeps what could not be closed. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private static @Nullable Exception close(AutoCloseable resource, @Nullable Exception earlier) {
        try {
            resource.close();
        } catch (Exception e) {
            if (earlier == null) {
                return e;
            }
            earlier.addSuppressed(e);
        }
        return earlier;
    }
}
