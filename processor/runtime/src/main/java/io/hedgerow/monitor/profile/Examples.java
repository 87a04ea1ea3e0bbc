package io.hedgerow.monitor.profile;

import io.hedgerow.Example;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The few events of many whose ids have the smallest hashes: the same ones in whatever order they come. Not thread-safe. */
public final class Examples {
    /** How many are kept. */
    public static final int COUNT = 5;

    private static final Comparator<Kept> ORDER = Comparator.comparingLong(Kept::hash)
            .thenComparing(kept -> kept.example().getEventId());

    private final List<Kept> kept = new ArrayList<>(COUNT + 1);

    /** None. */
    public Examples() {}

    private record Kept(long hash, Example example) {}

    /** Keeps an event if its hash is among the smallest; one that is there already isn't kept twice. */
    public void add(Observation event) {
        long hash = EventHash.of(event.eventId());
        if (kept.size() < COUNT || hash <= kept.get(COUNT - 1).hash()) {
            add(hash, new Example(event.eventId(), Instant.ofEpochMilli(event.time()), event.input(), null));
        }
    }

    /** Keeps an example if its hash is among the smallest. */
    public void add(Example example) {
        add(EventHash.of(example.getEventId()), example);
    }

    /** Adds what another one has kept. */
    public void add(Examples other) {
        other.kept.forEach(one -> add(one.hash(), one.example()));
    }

    /** The examples, smallest hash first. */
    public List<Example> list() {
        return kept.stream().map(Kept::example).toList();
    }

    private void add(long hash, Example example) {
        Kept added = new Kept(hash, example);
        if (kept.stream().anyMatch(one -> ORDER.compare(one, added) == 0)) {
            return;
        }
        kept.add(added);
        kept.sort(ORDER);
        if (kept.size() > COUNT) {
            kept.remove(COUNT);
        }
    }
}
