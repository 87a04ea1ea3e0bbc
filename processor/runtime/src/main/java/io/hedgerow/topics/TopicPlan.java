package io.hedgerow.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics that Hedgerow needs, and how: the one place where they are listed.
 *
 * @param topics one entry for each, the input first
 */
public record TopicPlan(List<TopicSpec> topics) {
    /** What the European Union's AI Act wants logs to be kept for, at least (Articles 19 and 26). */
    private static final Duration SIX_MONTHS = Duration.ofDays(184);

    private static final Duration MONTH = Duration.ofDays(30);

    private static final Duration FOR_EVER = Duration.ofMillis(-1);

    public TopicPlan {
        topics = List.copyOf(topics);
    }

    /**
     * Plans topics.
     *
     * @param partitions of the input, and so of each output
     * @param retention how long records are kept
     * @param imageBytes largest encoded image that events carry
     * @param recordBytes largest explanation that Hedgerow writes
     * @param takenBytes largest record that the input takes now; 0 if it isn't there
     */
    public static TopicPlan of(
            Topics topics, int partitions, Duration retention, long imageBytes, int recordBytes, int takenBytes) {
        int letterBytes = RecordLimits.deadLetterOf(Math.max(takenBytes, RecordLimits.eventBytes(imageBytes)));
        List<TopicSpec> plan = new ArrayList<>(List.of(
                log(topics.input(), partitions, retention, RecordLimits.eventBytes(imageBytes)),
                log(topics.explanations(), partitions, retention, recordBytes),
                log(topics.deadLetters(), partitions, retention, letterBytes)));
        if (topics.audit() != null) {
            Duration kept = retention.compareTo(SIX_MONTHS) > 0 ? retention : SIX_MONTHS;
            plan.add(log(topics.audit(), partitions, kept, RecordLimits.AUDIT));
        }
        if (topics.checkpoints() != null) {
            plan.add(log(topics.checkpoints(), partitions, FOR_EVER, RecordLimits.AUDIT));
        }
        return new TopicPlan(plan);
    }

    /**
     * The same with monitoring's topics: one partition each, for there is little in them, and each key's last record is kept.
     *
     * @param retention how long profiles are kept, and alerts if that is longer than a month; references are kept for ever
     */
    public TopicPlan with(MonitorTopics monitor, Duration retention) {
        Duration kept = retention.compareTo(MONTH) > 0 ? retention : MONTH;
        List<TopicSpec> plan = new ArrayList<>(topics);
        plan.add(latest(monitor.profiles(), "compact,delete", retention, RecordLimits.PROFILE));
        plan.add(latest(monitor.references(), "compact", FOR_EVER, RecordLimits.REFERENCE));
        plan.add(latest(monitor.alerts(), "compact,delete", kept, RecordLimits.ALERT));
        return new TopicPlan(plan);
    }

    /** Of each key the last record counts. */
    private static TopicSpec latest(String name, String policy, Duration retention, int recordBytes) {
        return new TopicSpec(
                name,
                1,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        policy,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(retention.toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(recordBytes)));
    }

    /** Records that are kept for a time; compaction would drop all but the last of a key. */
    private static TopicSpec log(String name, int partitions, Duration retention, long recordBytes) {
        return new TopicSpec(
                name,
                partitions,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(retention.toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Long.toString(recordBytes)));
    }
}
