package io.hedgerow.topics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.KafkaException;

/**
 * Increase of partitions while instances run. An input partition is read once its outputs have theirs: those come first, the audit
 * trail's changelog next, which Kafka Streams wants to have exactly as many as the input, and the input at once after it.
 */
public final class PartitionIncrease {
    // RATIONALE: Why are partitions added while instances run, the input's last?
    /** What to do where an output has fewer partitions than the input. */
    public static final String REMEDY = "`hedgerow topics add-partitions` gives all topics as many as they need";

    private final ClusterTopics cluster;
    private final Topics topics;
    private final String changelog;

    /**
     * Prepares an increase.
     *
     * @param application whose changelog goes with the topics
     */
    PartitionIncrease(ClusterTopics cluster, Topics topics, String application) {
        this.cluster = cluster;
        this.topics = topics;
        this.changelog = Topics.auditChangelog(application);
    }

    /**
     * How a topic, if any, differs from what the input's partitions ask for.
     *
     * @throws TopicException saying which, and what to do
     * @throws KafkaException if the cluster can't be reached in time or refuses to answer
     */
    void requireNone() {
        int input = cluster.partitions(topics.input()).orElse(0);
        for (String output : topics.outputs()) {
            int partitions = cluster.partitions(output).orElse(input);
            if (partitions < input) {
                throw new TopicException(
                        "topic %s has %d partitions, fewer than the %d of %s: outputs go to the partition of their input; %s"
                                .formatted(output, partitions, input, topics.input(), REMEDY));
            }
        }
        OptionalInt log = changelog();
        if (log.isPresent() && log.getAsInt() != input) {
            throw new TopicException(
                    "topic %s has %d partitions, not the %d of %s, so that Kafka Streams can't use it; %s"
                            .formatted(changelog, log.getAsInt(), input, topics.input(), REMEDY));
        }
    }

    /**
     * Adds what is missing; nothing, if any topic can't be given as many.
     *
     * @param wanted partitions of the input; 0 for as many as it has, or its audit trail's changelog if that has more
     * @return how many each topic has now, and those that were added, in the order in which they came
     * @throws TopicException if a topic is missing, or has more partitions than it can keep
     * @throws KafkaException if the cluster can't be reached in time or does not allow it
     */
    List<TopicStatus> to(int wanted) {
        int before = existing(topics.input());
        OptionalInt log = changelog();
        int least = Math.max(before, log.orElse(0));
        int partitions = wanted == 0 ? least : wanted;
        if (partitions < least) {
            throw new TopicException("topic %s has %d partitions, and none can be taken away: ask for %d or more"
                    .formatted(before == least ? topics.input() : changelog, least, least));
        }
        Map<String, Integer> present = new LinkedHashMap<>();
        topics.outputs().forEach(output -> present.put(output, existing(output)));
        log.ifPresent(count -> present.put(changelog, count));
        present.put(topics.input(), before);
        present.forEach((topic, count) -> increase(topic, count, partitions, true));
        List<TopicStatus> statuses = new ArrayList<>();
        present.forEach((topic, count) -> {
            increase(topic, count, partitions, false);
            statuses.add(new TopicStatus(
                    topic,
                    count < partitions
                            ? "%d partitions, %d of them new".formatted(partitions, partitions - count)
                            : "%d partitions, as before".formatted(count),
                    List.of()));
        });
        return statuses;
    }

    private void increase(String topic, int count, int partitions, boolean onlyTry) {
        if (count < partitions) {
            cluster.increase(topic, partitions, onlyTry);
        }
    }

    /** Nobody has made it yet where nothing ran. */
    private OptionalInt changelog() {
        return topics.audit() == null ? OptionalInt.empty() : cluster.partitions(changelog);
    }

    private int existing(String topic) {
        return cluster.partitions(topic)
                .orElseThrow(() -> new TopicException(
                        "topic %s does not exist: `hedgerow topics create` makes it".formatted(topic)));
    }
}
