package io.hedgerow.dashboard.feed;

import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.UnknownSchemaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that follows topics with a consumer of its own, and begins anew when that fails: a broker that is away, or a topic
 * that isn't there yet, is tried again every few seconds.
 */
abstract class Tail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Supplier<Consumer<byte[], byte[]>> connect;
    private final Thread thread;
    private volatile boolean closed;

    Tail(String name, Supplier<Consumer<byte[], byte[]>> connect) {
        this.connect = connect;
        this.thread = new Thread(this::run, "hedgerow-dashboard-" + name);
        thread.setDaemon(true);
    }

    /** Begins, once. */
    public void start() {
        thread.start();
    }

    /** Follows until closed. */
    abstract void follow(Consumer<byte[], byte[]> consumer) throws InterruptedException;

    boolean isClosed() {
        return closed;
    }

    /** A topic's partitions; none if it isn't there. */
    static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        List<TopicPartition> partitions = new ArrayList<>();
        if (infos != null) {
            infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }

    /** Does what is to be done with a record; one that can't be read is passed over. */
    static void take(Runnable reading) {
        try {
            reading.run();
        } catch (MalformedRecordException | UnknownSchemaException e) {
            LOG.debug("Not shown", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(GRACE.toMillis());
    }

    private void run() {
        while (!closed) {
            try (Consumer<byte[], byte[]> consumer = connect.get()) {
                follow(consumer);
            } catch (InterruptedException | InterruptException | WakeupException e) {
                // Closed, or about to be.
            } catch (RuntimeException e) {
                LOG.debug("{} begins anew", thread.getName(), e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            // Closed.
        }
    }
}
