package io.hedgerow.monitor.shortcut;

import io.hedgerow.monitor.profile.Observation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A sample of 128 maps, later ones preferred: the same maps in whatever order they come. It is kept in pages of 16, so that
 * a map that takes another's place changes one page. Not thread-safe.
 */
public final class Reservoir {
    /** Maps at most. */
    public static final int SIZE = 128;

    private static final int PAGE = 16;

    /** Pages at most. */
    public static final int PAGES = SIZE / PAGE;

    private static final double HALF_LIFE = Duration.ofDays(1).toMillis();

    private final List<SampledMap> maps = new ArrayList<>(SIZE);
    private final double[] ranks = new double[SIZE];
    private final BitSet changed = new BitSet(PAGES);

    /** Of no map. */
    public Reservoir() {}

    /** As it was written: its pages by number, null where there is none. */
    public static Reservoir of(IntFunction<byte @Nullable []> pages) {
        Reservoir reservoir = new Reservoir();
        for (int page = 0; page < PAGES; page++) {
            byte[] bytes = pages.apply(page);
            if (bytes == null) {
                break;
            }
            try {
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
                String topic = "";
                while (in.available() > 0) {
                    SampledMap map = SampledMap.read(in, topic);
                    topic = map.topic(topic);
                    reservoir.append(map);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return reservoir;
    }

    /**
     * Keeps an event's map if it ranks among the first; nothing is allocated for one that doesn't.
     *
     * @param event whose map isn't blind
     * @return whether it was kept
     */
    public boolean add(Observation event) {
        if (maps.size() < SIZE) {
            changed.set(maps.size() / PAGE);
            append(SampledMap.of(event));
            return true;
        }
        double rank = SampledMap.rank(event.eventId(), event.time(), HALF_LIFE);
        int last = 0;
        for (int slot = 1; slot < SIZE; slot++) {
            last = ranks[slot] > ranks[last] ? slot : last;
        }
        if (rank >= ranks[last]) {
            return false;
        }
        maps.set(last, SampledMap.of(event));
        ranks[last] = rank;
        changed.set(last / PAGE);
        return true;
    }

    /** The maps, in the order of their rank. */
    public List<SampledMap> maps() {
        return maps.stream()
                .sorted(Comparator.comparingDouble(Reservoir::rank).thenComparing(SampledMap::eventId))
                .toList();
    }

    /** How many there are. */
    public int size() {
        return maps.size();
    }

    /** The pages that have changed since they were asked for last. */
    public BitSet changed() {
        BitSet pages = (BitSet) changed.clone();
        changed.clear();
        return pages;
    }

    /** A page's maps. */
    public byte[] page(int page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            String topic = "";
            for (SampledMap map : maps.subList(page * PAGE, Math.min(maps.size(), (page + 1) * PAGE))) {
                map.write(out, topic);
                topic = map.topic(topic);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void append(SampledMap map) {
        ranks[maps.size()] = rank(map);
        maps.add(map);
    }

    private static double rank(SampledMap map) {
        return SampledMap.rank(map.eventId(), map.time(), HALF_LIFE);
    }
}
