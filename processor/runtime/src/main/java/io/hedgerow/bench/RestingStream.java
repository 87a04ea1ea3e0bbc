package io.hedgerow.bench;

import io.hedgerow.stream.ReadAheadPlan;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/** A measurement's stream that rests (KIP-834) until it is to be measured, so that several can take turns. Single-threaded. */
final class RestingStream implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final MeasuredTopics topics;
    private final List<WatchedDevice> devices;
    private final KafkaStreams streams;

    RestingStream(Measurement run, List<WatchedDevice> devices, ReadAheadPlan plan) {
        this.devices = devices;
        topics = run.topics();
        streams = run.start(plan);
        streams.pause();
    }

    /**
     * Streams so many more events, none of which is left over.
     *
     * @return what the devices reached
     */
    DeviceRate rate(List<byte[]> encoded, int images) {
        topics.fill(encoded, images);
        streams.resume();
        long firstNanos = topics.awaitExplanations(images, Measurement.stopped(streams));
        streams.pause();
        return WatchedDevice.rate(devices, firstNanos);
    }

    @Override
    public void close() {
        streams.close(GRACE);
    }
}
