package io.hedgerow.bench;

import io.hedgerow.stream.ReadAheadPlan;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/** A measurement's stream that rests (KIP-834) until it is to be measured, so that several can take turns. Single-threaded. */
final class BenchStream implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final BenchTopics topics;
    private final KafkaStreams streams;

    BenchStream(BenchRun run, ReadAheadPlan plan) {
        topics = run.topics();
        streams = run.start(plan);
        streams.pause();
    }

    /**
     * Streams so many more events, none of which is left over.
     *
     * @return explanations a second; not a number if they became visible at once
     */
    double imagesPerSecond(List<byte[]> encoded, int images) {
        topics.fill(encoded, images);
        streams.resume();
        double rate = topics.explanationsPerSecond(images, BenchRun.stopped(streams));
        streams.pause();
        return rate;
    }

    @Override
    public void close() {
        streams.close(GRACE);
    }
}
