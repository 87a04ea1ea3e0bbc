package io.hedgerow.dashboard.feed;

import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.UnknownSchemaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
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
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Consumer<byte[], byte[]> connected;

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
        return closed.getCount() == 0;
    }

    /** Waits, but not beyond the end. */
    void rest(Duration time) throws InterruptedException {
        var unused = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
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
        closed.countDown();
        Consumer<byte[], byte[]> now = connected;
        if (now != null) {
            now.wakeup();
        }
        thread.join(GRACE.toMillis());
        thread.interrupt();
    }

    private void run() {
        while (!isClosed()) {
            try (Consumer<byte[], byte[]> consumer = connect.get()) {
                connected = consumer;
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
            rest(PAUSE);
        } catch (InterruptedException e) {
            // Closed.
        }
    }
}
