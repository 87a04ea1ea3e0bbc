package io.hedgerow.cli.stream;

import io.hedgerow.Alert;
import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Which topic has which records; dead letters are whatever came. */
final class TopicSchemas {
    private static final Topics DEFAULT = new Topics(
            Topics.DEFAULT.input(),
            Topics.DEFAULT.explanations(),
            Topics.DEFAULT.deadLetters(),
            "explanations-audit",
            "explanations-checkpoints");

    private TopicSchemas() {}

    /** Of all topics, by their documented names. */
    static Map<String, Schema> all() {
        return of(DEFAULT, MonitorTopics.DEFAULT);
    }

    static Map<String, Schema> of(Topics topics, @Nullable MonitorTopics monitor) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        schemas.put(topics.input(), PredictionEvent.getClassSchema());
        schemas.put(topics.explanations(), Explanation.getClassSchema());
        String audit = topics.audit();
        String checkpoints = topics.checkpoints();
        if (audit != null && checkpoints != null) {
            schemas.put(audit, AuditEntry.getClassSchema());
            schemas.put(checkpoints, AuditCheckpoint.getClassSchema());
        }
        if (monitor != null) {
            schemas.put(monitor.profiles(), Profile.getClassSchema());
            schemas.put(monitor.references(), ReferenceEntry.getClassSchema());
            schemas.put(monitor.alerts(), Alert.getClassSchema());
        }
        return schemas;
    }
}
