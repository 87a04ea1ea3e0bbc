package io.hedgerow.bench;

import java.util.List;
import java.util.Map;

/** Streams for a long time, with always as much input as can be read ahead, so that what creeps can be seen. */
public final class Soak {
    /** How many equal parts the events are counted in. */
    public static final int PARTS = 10;

    private static final int AHEAD = 2_000;

    private final Measured measured;

    /** Told how far it is. */
    public interface Listener {
        /** So many events have been explained. */
        void explained(long count);

        /** A part has ended, the first one being number 0. */
        void part(int number, double imagesPerSecond);
    }

    /** Takes what is to be looked at. */
    public Soak(Measured measured) {
        this.measured = measured;
    }

    /**
     * Streams.
     *
     * @param encoded values of input records, taken in turn
     * @param count how many events in all, at least {@value #PARTS}
     * @throws IllegalStateException if an event can't be explained
     */
    public void run(List<byte[]> encoded, long count, int partitions, Listener listener) throws Exception {
        int ahead = (int) Math.min(AHEAD / 2, count);
        try (Measurement run = new Measurement(measured, Map.of(), partitions, encoded, ahead)) {
            run.start();
            long sent = ahead;
            long explained = 0;
            long partBegan = System.nanoTime();
            long partBase = 0;
            for (int part = 0; part < PARTS; part++) {
                long end = count * (part + 1) / PARTS;
                while (explained < end) {
                    if (sent < count && sent - explained < AHEAD / 2) {
                        int more = (int) Math.min(AHEAD / 2, count - sent);
                        run.topics().fill(encoded, more);
                        sent += more;
                    }
                    explained += run.topics().poll();
                    listener.explained(explained);
                    run.look();
                }
                long now = System.nanoTime();
                listener.part(part, (explained - partBase) / ((now - partBegan) / 1e9));
                partBase = explained;
                partBegan = System.nanoTime();
            }
        }
    }
}
