package io.hedgerow.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * What an operator uses of the some thousand things that Kafka Streams and its clients measure, in Prometheus' text format.
 * Client ids are new at each start; in their place stands the number of the thread, and which of its clients it is.
 */
final class KafkaMeters {
    // RATIONALE: Why are Kafka's metrics chosen by hand?
    /** Names by Kafka's groups. */
    private static final Map<String, Set<String>> KEPT = Map.of(
            "stream-metrics",
            Set.of("alive-stream-threads", "failed-stream-threads"),
            "stream-thread-metrics",
            Set.of("commit-total", "commit-latency-avg", "process-total", "poll-total", "task-created-total"),
            "consumer-fetch-manager-metrics",
            Set.of("records-lag-max", "records-lag", "records-consumed-total", "bytes-consumed-total"),
            "consumer-coordinator-metrics",
            Set.of(
                    "assigned-partitions",
                    "rebalance-total",
                    "failed-rebalance-total",
                    "rebalance-latency-max",
                    "last-heartbeat-seconds-ago"),
            "consumer-metrics",
            Set.of("last-poll-seconds-ago"),
            "producer-metrics",
            Set.of(
                    "record-send-total",
                    "record-error-total",
                    "record-retry-total",
                    "request-latency-max",
                    "buffer-available-bytes"));

    private static final Pattern CLIENT = Pattern.compile("StreamThread-(\\d+)(?:-(\\w[\\w-]*))?$");

    private KafkaMeters() {}

    /** Names in Prometheus' form. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        KEPT.forEach((group, kept) -> kept.forEach(name -> names.add(name(group, name))));
        return names;
    }

    /** Text of those that have a value. */
    static String text(Map<MetricName, ? extends Metric> metrics) {
        Map<String, Map<String, Double>> samples = new TreeMap<>();
        Map<String, String> descriptions = new TreeMap<>();
        metrics.forEach((metric, value) -> {
            boolean kept = KEPT.getOrDefault(metric.group(), Set.of()).contains(metric.name());
            if (kept && value.metricValue() instanceof Number number && Double.isFinite(number.doubleValue())) {
                String name = name(metric.group(), metric.name());
                descriptions.putIfAbsent(name, description(metric));
                samples.computeIfAbsent(name, unused -> new TreeMap<>())
                        .merge(tags(metric.tags()), number.doubleValue(), Double::sum);
            }
        });
        StringBuilder text = new StringBuilder();
        samples.forEach((name, values) -> {
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(descriptions.get(name))
                    .append('\n');
            String type = name.endsWith("_total") ? "counter" : "gauge";
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
            values.forEach((tags, value) ->
                    text.append(name).append(tags).append(' ').append(value).append('\n'));
        });
        return text.toString();
    }

    private static String description(MetricName metric) {
        String known = metric.description().strip().replaceAll("\\s+", " ").replace("\\", "\\\\");
        return known.isEmpty() ? metric.name().replace('-', ' ') : known;
    }

    private static String name(String group, String name) {
        return ("kafka-" + group.replaceFirst("-metrics$", "") + "-" + name).replace('-', '_');
    }

    private static String tags(Map<String, String> tags) {
        List<String> kept = new ArrayList<>();
        Matcher client = CLIENT.matcher(tags.getOrDefault("client-id", tags.getOrDefault("thread-id", "")));
        if (client.find()) {
            kept.add("thread=\"" + client.group(1) + "\"");
            if (client.group(2) != null) {
                kept.add("client=\"" + client.group(2) + "\"");
            }
        }
        for (String tag : List.of("topic", "partition")) {
            String value = tags.get(tag);
            if (value != null) {
                kept.add(tag + "=\"" + value.replaceAll("[\\\\\"\\n]", "_") + "\"");
            }
        }
        return kept.isEmpty() ? "" : "{" + String.join(",", kept) + "}";
    }
}
