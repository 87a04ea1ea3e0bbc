package io.hedgerow.monitor.stream;

import io.hedgerow.Profile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The profiles that were published last, for what comes late to be counted in: a few hundred, whatever the number of classes.
 * Belongs to one task.
 */
final class PublishedProfiles {
    private static final String PREFIX = "published/";
    private static final String FORGOTTEN = "published-before";
    private static final int MOST = 512;

    private final KeyValueStore<String, byte[]> store;
    private final String topic;
    private final Serde<Profile> serde;

    /** By the window's start, the model and the class. */
    private final NavigableMap<String, Profile> kept = new TreeMap<>();

    private long forgotten = Long.MIN_VALUE;

    /**
     * Goes on from a store.
     *
     * @param topic of profiles, by whose schema they are kept too
     */
    PublishedProfiles(KeyValueStore<String, byte[]> store, String topic, Serde<Profile> serde) {
        this.store = store;
        this.topic = topic;
        this.serde = serde;
        byte[] before = store.get(FORGOTTEN);
        if (before != null) {
            forgotten = ByteBuffer.wrap(before).getLong();
        }
        try (var all = store.range(PREFIX, PREFIX + "\uffff")) {
            all.forEachRemaining(
                    entry -> kept.put(entry.key, serde.deserializer().deserialize(topic, entry.value)));
        }
    }

    /** What was published of a model's window, as far as it is kept. */
    List<Profile> of(ModelKey model, long start) {
        String prefix = prefix(model, start);
        return List.copyOf(kept.subMap(prefix, true, prefix + "\uffff", false).values());
    }

    /** Whether there may have been profiles of a window that aren't kept any more. */
    boolean mayBeForgotten(long start) {
        return start <= forgotten;
    }

    /** Keeps profiles of a window, each in place of the one before, and forgets the oldest if there are too many. */
    void put(ModelKey model, long start, List<Profile> profiles) {
        for (Profile profile : profiles) {
            String key = prefix(model, start) + profile.getClassIndex();
            kept.put(key, profile);
            store.put(key, serde.serializer().serialize(topic, profile));
        }
        boolean forgets = kept.size() > MOST;
        while (kept.size() > MOST) {
            var oldest = kept.pollFirstEntry();
            store.delete(oldest.getKey());
            forgotten = Math.max(forgotten, oldest.getValue().getWindowStart().toEpochMilli());
        }
        if (forgets) {
            store.put(
                    FORGOTTEN,
                    ByteBuffer.allocate(Long.BYTES).putLong(forgotten).array());
        }
    }

    /** In the order of time, for times since 1970. */
    private static String prefix(ModelKey model, long start) {
        return PREFIX + "%016x/%s/".formatted(start, model.id());
    }
}
