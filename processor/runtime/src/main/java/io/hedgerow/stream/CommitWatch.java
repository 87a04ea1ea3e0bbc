package io.hedgerow.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Tells, by Kafka Streams' own count, whether threads have committed anything since it was last asked. Thread-safe. */
final class CommitWatch {
    private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;
    private Map<String, Double> seen = new HashMap<>();

    /** Takes {@code KafkaStreams::metrics}. */
    CommitWatch(Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        this.metrics = metrics;
    }

    /** Whether any thread has; {@code ending} is about to end, and its name may become another's. */
    synchronized boolean committed(String ending) {
        Map<String, Double> counts = new HashMap<>();
        metrics.get().forEach((name, metric) -> {
            String thread = name.tags().get("thread-id");
            if (name.name().equals("commit-total") && thread != null && metric.metricValue() instanceof Double count) {
                counts.merge(thread, count, Double::sum);
            }
        });
        boolean committed =
                counts.entrySet().stream().anyMatch(count -> count.getValue() > seen.getOrDefault(count.getKey(), 0.0));
        counts.remove(ending);
        seen = counts;
        return committed;
    }
}
