package io.hedgerow.monitor.stream;

import io.hedgerow.monitor.Memory;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A part of a task's store, below a prefix. */
final class StoreMemory implements Memory {
    private final KeyValueStore<String, byte[]> store;
    private final String prefix;

    StoreMemory(KeyValueStore<String, byte[]> store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    @Override
    public byte @Nullable [] get(String key) {
        return store.get(prefix + key);
    }

    @Override
    public void put(String key, byte @Nullable [] value) {
        store.put(prefix + key, value);
    }
}
