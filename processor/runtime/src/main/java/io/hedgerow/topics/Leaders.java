package io.hedgerow.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the leaders of a new topic's partitions: the controller's answer that it is created comes before the brokers know.
 * Where partitions end is asked of the leaders themselves.
 */
public final class Leaders {
    private static final int LOOK_MILLIS = 50;

    private Leaders() {}

    /**
     * Waits.
     *
     * @param patience how long at most
     * @return whether all answer
     * @throws ExecutionException if one refuses to
     */
    public static boolean await(Admin admin, String topic, int partitions, Duration patience)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                // asked of topics that a broker knows nothing of yet, the client itself logs an error
                var described = admin.describeTopics(List.of(topic)).allTopicNames();
                if (hasLeaders(described.get(left, TimeUnit.NANOSECONDS).get(topic), partitions)) {
                    var unused = admin.listOffsets(ends).all().get(left, TimeUnit.NANOSECONDS);
                    return true;
                }
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static boolean hasLeaders(@Nullable TopicDescription topic, int partitions) {
        return topic != null
                && topic.partitions().size() >= partitions
                && topic.partitions().stream().allMatch(partition -> partition.leader() != null);
    }
}
