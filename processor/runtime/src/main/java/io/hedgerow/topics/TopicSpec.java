package io.hedgerow.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;

/**
 * One topic as Hedgerow needs it.
 *
 * @param partitions at least
 * @param settings by Kafka's names: numbers are the least that will do, where -1 stands for no limit; anything else is as
 *     it has to be
 */
public record TopicSpec(String name, int partitions, Map<String, String> settings) {
    public TopicSpec {
        settings = Map.copyOf(settings);
    }

    /** What of the settings is missing in a topic's own, one sentence each. */
    List<String> differences(Config actual) {
        List<String> differences = new ArrayList<>();
        new TreeMap<>(settings).forEach((key, needed) -> {
            ConfigEntry entry = actual.get(key);
            String value = entry == null ? "" : entry.value();
            boolean atLeast = isNumber(needed);
            if (atLeast ? !reaches(value, needed) : !value.equals(needed)) {
                differences.add("%s is %s, needed is %s%s".formatted(key, value, needed, atLeast ? " or more" : ""));
            }
        });
        return differences;
    }

    private static boolean reaches(String value, String needed) {
        return isNumber(value) && unlimited(Long.parseLong(value)) >= unlimited(Long.parseLong(needed));
    }

    private static long unlimited(long value) {
        return value == -1 ? Long.MAX_VALUE : value;
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d{1,18}");
    }
}
