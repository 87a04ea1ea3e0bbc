package io.hedgerow.monitor.stream;

import io.hedgerow.Alert;
import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.MonitorTopics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;

/** Reads and writes the records that monitoring deals with. Safe for use by several threads. */
public final class MonitorSerdes implements AutoCloseable {
    private final RegistrySerde<PredictionEvent> events;
    private final RegistrySerde<Explanation> explanations;
    private final RegistrySerde<AuditEntry> audit;
    private final RegistrySerde<Profile> profiles;
    private final RegistrySerde<ReferenceEntry> references;
    private final RegistrySerde<Alert> alerts;

    /** Takes settings of the registry's client. */
    public MonitorSerdes(Map<String, ?> registry) {
        events = RegistrySerde.of(PredictionEvent.class, registry);
        explanations = RegistrySerde.of(Explanation.class, registry);
        audit = RegistrySerde.of(AuditEntry.class, registry);
        profiles = RegistrySerde.of(Profile.class, registry);
        references = RegistrySerde.of(ReferenceEntry.class, registry);
        alerts = RegistrySerde.of(Alert.class, registry);
    }

    /** Has the registry know, or refuse, what will be written, before anything is. */
    public void prepare(MonitorTopics topics) {
        profiles.serializer().prepare(topics.profiles(), Profile.getClassSchema());
        references.serializer().prepare(topics.references(), ReferenceEntry.getClassSchema());
        alerts.serializer().prepare(topics.alerts(), Alert.getClassSchema());
    }

    /** For those who look for pictures of events. */
    public RegistrySerde<PredictionEvent> eventSerde() {
        return events;
    }

    Deserializer<PredictionEvent> events() {
        return events.deserializer();
    }

    public Deserializer<Explanation> explanations() {
        return explanations.deserializer();
    }

    /** Of the audit trail. */
    public Deserializer<AuditEntry> audit() {
        return audit.deserializer();
    }

    /** Both ways: the page reads them. */
    public Serde<Profile> profiles() {
        return profiles;
    }

    /** Both ways: people's answers are written too. */
    public Serde<ReferenceEntry> references() {
        return references;
    }

    /** Both ways: whoever tells of alerts reads them. */
    public Serde<Alert> alerts() {
        return alerts;
    }

    @Override
    public void close() {
        List.of(events, explanations, audit, profiles, references, alerts).forEach(Serde::close);
    }
}
