package io.hedgerow.monitor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A monitor's memory in a map, to look into and to begin again from. */
public record MapMemory(Map<String, byte[]> kept) implements Memory {
    @Override
    public byte @Nullable [] get(String key) {
        return kept.get(key);
    }

    @Override
    public void put(String key, byte @Nullable [] value) {
        if (value == null) {
            kept.remove(key);
        } else {
            kept.put(key, value);
        }
    }
}
