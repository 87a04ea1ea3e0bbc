package io.hedgerow.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Where a monitor keeps what it knows of one model: a store of small values that outlasts the process. A monitor writes
 * what has changed once for each window, and holds only a part of it in memory.
 */
public interface Memory {
    /** What was put under a key; null if there is nothing. The array isn't changed by anyone. */
    byte @Nullable [] get(String key);

    /** Keeps a value under a key, in place of what was there; null removes it. */
    void put(String key, byte @Nullable [] value);
}
