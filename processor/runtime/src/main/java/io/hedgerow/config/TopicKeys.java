package io.hedgerow.config;

import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys of the topics' names. */
final class TopicKeys {
    private final Values values;
    private final Map<String, String> keys = new LinkedHashMap<>();

    TopicKeys(Values values) {
        this.values = values;
    }

    /** All topics of explaining, whether or not there is an audit trail. */
    Topics topics() {
        return new Topics(
                name("topics.events", "prediction-events", "Prediction events, read."),
                name("topics.explanations", "explanations", "Explanations, written."),
                name("topics.dead-letters", "explanations-dlq", "Events that could not be explained, written."),
                name("topics.audit", "explanations-audit", "What became of every event, written; see `audit.enabled`."),
                name(
                        "topics.checkpoints",
                        "explanations-checkpoints",
                        "Signed states of the audit trail; see `audit.key`."));
    }

    /** All topics of monitoring, whether or not anything is monitored. */
    MonitorTopics monitor() {
        return new MonitorTopics(
                name(
                        "topics.profiles",
                        "explanations-profiles",
                        "What the models looked at in each window of time, written; see `monitor.enabled`."),
                name(
                        "topics.references",
                        "explanations-references",
                        "What monitoring compares with, and people's answers, read and written."),
                name("topics.alerts", "explanations-alerts", "What monitoring has found, written."));
    }

    private String name(String path, String fallback, String doc) {
        String name = values.get(Key.text(path, fallback, doc));
        String other = keys.put(name, path);
        if (other != null) {
            throw values.error(values.isSet(path) ? path : other, other + " and " + path + " must be different topics");
        }
        return name;
    }
}
