package io.hedgerow.bench;

import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.service.HedgerowService;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One measurement: topics and a group of its own, and between them the very process that a run would start. Single-threaded.
 */
final class Measurement implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final MeasuredTopics topics;
    private final HedgerowService service;
    private long looked;

    /**
     * Makes topics, fills the input and gets a process ready, which reads nothing yet: how large events are tells it how much to
     * read ahead.
     *
     * @param settings lines of hedgerow.yaml besides those that all measurements have in common
     * @param encoded values of input records, taken in turn
     * @param images how many of them
     */
    Measurement(Measured measured, Map<String, String> settings, int partitions, List<byte[]> encoded, int images)
            throws Exception {
        String name = "hedgerow-bench-" + Long.toHexString(System.nanoTime());
        HedgerowConfig config =
                measured.cluster().config(name, measured.devices().size(), settings);
        topics = new MeasuredTopics(config, partitions);
        try {
            topics.fill(encoded, images);
            service = new HedgerowService(config, "bench", measured.provider());
        } catch (Exception | Error e) {
            topics.close();
            throw e;
        }
    }

    MeasuredTopics topics() {
        return topics;
    }

    /** The same devices without Kafka. */
    DirectRun direct() {
        return new DirectRun(service.readAhead());
    }

    /** Starts to stream. */
    void start() throws Exception {
        service.start();
    }

    void pause() {
        service.pause();
    }

    void resume() {
        service.resume();
    }

    /**
     * Waits for explanations.
     *
     * @return when the first of them became visible, by {@link System#nanoTime()}
     */
    long awaitExplanations(int images) throws Exception {
        return topics.awaitExplanations(images, this::look);
    }

    /** Looks whether all is well, as often as a run does. */
    void look() throws Exception {
        long now = System.nanoTime();
        if (now - looked > LOOK.toNanos()) {
            service.look();
            looked = now;
        }
    }

    @Override
    public void close() throws Exception {
        try {
            service.close();
        } finally {
            topics.close();
        }
    }
}
