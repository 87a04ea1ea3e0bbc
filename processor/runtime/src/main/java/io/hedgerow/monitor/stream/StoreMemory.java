package io.hedgerow.monitor.stream;

import io.hedgerow.monitor.Memory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part of a task's store, below a prefix. */
final class StoreMemory implements Memory {
    // RATIONALE: Why does the monitor forget what another version of it kept?
    /** Raised with every change of what is kept under any key. */
    private static final int LAYOUT = 2;

    private static final Logger LOG = LoggerFactory.getLogger(StoreMemory.class);
    private static final String LAYOUT_KEY = "layout";

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

    /** Empties a store that another layout was kept in, and marks it as one of this. */
    static void forgetOtherLayout(KeyValueStore<String, byte[]> store) {
        byte[] wanted = ByteBuffer.allocate(Integer.BYTES).putInt(LAYOUT).array();
        if (Arrays.equals(store.get(LAYOUT_KEY), wanted)) {
            return;
        }
        List<String> keys = new ArrayList<>();
        try (var all = store.all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        if (!keys.isEmpty()) {
            LOG.warn("What monitoring had kept is of another version of Hedgerow and is given up:"
                    + " references are learned anew");
        }
        keys.forEach(store::delete);
        store.put(LAYOUT_KEY, wanted);
    }
}
