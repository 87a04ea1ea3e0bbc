package io.hedgerow.dashboard.events;

import io.hedgerow.Explanation;
import io.hedgerow.dashboard.events.EventStore.Address;
import io.hedgerow.dashboard.feed.Feed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Pages of events, by their addresses or by their ids. Safe for use by several threads. */
public final class EventPages {
    private static final int LOOKED_AT = 4_000;
    private static final int LEAST_LOOKED_AT = 50;
    private static final int NEAR = 16;
    private static final Duration EARLIER = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final EventStore store;
    private final Feed feed;

    /** Takes where events are, and those that were seen last. */
    public EventPages(EventStore store, Feed feed) {
        this.store = store;
        this.feed = feed;
    }

    /** The page of an address; null if there is no explanation any more. */
    public CompletableFuture<@Nullable EventPage> page(Address address) {
        return store.explanation(address).thenCompose(explanation -> {
            if (explanation == null) {
                return CompletableFuture.completedFuture(null);
            }
            EventPage page = EventPage.of(address, explanation);
            return store.fetch((fetcher, unused) -> page.with(previous(fetcher, address), next(fetcher, address)));
        });
    }

    /**
     * Finds an event by its id: among those seen last, then among the newest of the topic, or those from a time on.
     *
     * @param millis the event's time, if it is known
     * @return null if it isn't found
     */
    public CompletableFuture<@Nullable Address> find(String id, @Nullable Long millis) {
        Optional<Address> seen = feed.find(id).map(event -> new Address(event.partition(), event.offset()));
        return seen.isPresent()
                ? CompletableFuture.completedFuture(seen.get())
                : store.fetch((fetcher, unused) -> search(fetcher, id, millis));
    }

    private @Nullable Address search(RecordFetcher fetcher, String id, @Nullable Long millis) {
        List<TopicPartition> partitions = fetcher.partitions(store.topic());
        int each = Math.max(LEAST_LOOKED_AT, LOOKED_AT / Math.max(1, partitions.size()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        for (TopicPartition partition : partitions) {
            if (System.nanoTime() > deadline) {
                break;
            }
            long newest = Math.max(fetcher.begin(partition), fetcher.end(partition) - each);
            long from = millis == null
                    ? newest
                    : fetcher.at(partition, millis - EARLIER.toMillis()).orElse(newest);
            for (ConsumerRecord<byte[], byte[]> record :
                    fetcher.from(partition, from, each, candidate -> is(candidate, id, name))) {
                return new Address(record.partition(), record.offset());
            }
        }
        return null;
    }

    /** Whether a record is the explanation of an event; what doesn't hold the name is not decoded. */
    private boolean is(ConsumerRecord<byte[], byte[]> record, String id, byte[] name) {
        if (record.value() == null || !Bytes.contains(record.value(), name)) {
            return false;
        }
        Explanation explanation = store.read(record);
        return explanation != null && explanation.getEventId().equals(id);
    }

    private @Nullable Long next(RecordFetcher fetcher, Address address) {
        return fetcher
                .from(new TopicPartition(store.topic(), address.partition()), address.offset() + 1, 1, record -> true)
                .stream()
                .map(ConsumerRecord::offset)
                .findFirst()
                .orElse(null);
    }

    /** The offsets right before may be markers of transactions. */
    private @Nullable Long previous(RecordFetcher fetcher, Address address) {
        TopicPartition partition = new TopicPartition(store.topic(), address.partition());
        long from = Math.max(fetcher.begin(partition), address.offset() - NEAR);
        long[] last = {-1};
        if (from < address.offset()) {
            var unused = fetcher.from(partition, from, NEAR, record -> {
                if (record.offset() < address.offset()) {
                    last[0] = record.offset();
                }
                return record.offset() >= address.offset();
            });
        }
        return last[0] < 0 ? null : (Long) last[0];
    }
}
