package io.hedgerow.bench;

import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.ReadAheadPlan;
import io.hedgerow.stream.TopologyConnection;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Streams for a long time, with always as much input as can be read ahead, so that what creeps can be seen. */
public final class Soak {
    /** How many equal parts the events are counted in. */
    public static final int PARTS = 10;

    private static final int AHEAD = 2_000;

    private final StreamParts parts;

    /** Told how far it is. */
    public interface Listener {
        /** So many events have been explained. */
        void explained(long count);

        /** A part has ended, the first one being number 0. */
        void part(int number, double imagesPerSecond);
    }

    /** Takes what is to be looked at. */
    public Soak(StreamParts parts) {
        this.parts = parts;
    }

    /**
     * Streams.
     *
     * @param encoded values of input records, taken in turn
     * @param count how many events in all, at least {@value #PARTS}
     * @param plan how much is read ahead
     * @throws IllegalStateException if an event can't be explained
     */
    public void run(List<byte[]> encoded, long count, int partitions, ReadAheadPlan plan, Listener listener) {
        String name = "hedgerow-soak";
        Topics topics = new Topics(name + "-events", name + "-explanations", name + "-dlq");
        Map<String, Object> streaming = new HashMap<>(parts.kafka());
        streaming.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
        try (HedgerowTopology topology = parts.topology(topics, null, new SimpleMeterRegistry());
                MeasuredTopics bench = new MeasuredTopics(parts.kafka(), topics, partitions);
                KafkaStreams streams = TopologyConnection.of(topology, streaming, plan)) {
            streams.start();
            long sent = 0;
            long explained = 0;
            long partBegan = System.nanoTime();
            long partBase = 0;
            for (int part = 0; part < PARTS; part++) {
                long end = count * (part + 1) / PARTS;
                while (explained < end) {
                    if (sent < count && sent - explained < AHEAD / 2) {
                        int more = (int) Math.min(AHEAD / 2, count - sent);
                        bench.fill(encoded, more);
                        sent += more;
                    }
                    explained += bench.poll();
                    listener.explained(explained);
                    if (streams.state().hasStartedOrFinishedShuttingDown()) {
                        throw new IllegalStateException(
                                "the stream stopped after %d of %d events".formatted(explained, count));
                    }
                }
                long now = System.nanoTime();
                listener.part(part, (explained - partBase) / ((now - partBegan) / 1e9));
                partBase = explained;
                partBegan = System.nanoTime();
            }
            streams.close(Duration.ofSeconds(30));
        }
    }
}
