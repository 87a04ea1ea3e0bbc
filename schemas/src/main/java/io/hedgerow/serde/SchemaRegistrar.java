package io.hedgerow.serde;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * Registrar of the schemas of topics' values, whether or not the serde is allowed to register them. Safe for use by several
 * threads.
 */
public final class SchemaRegistrar implements AutoCloseable {
    private final RegistryClient client;
    private final SubjectNames subjectNames;

    /**
     * What there is under a subject.
     *
     * @param id of the schema in the registry
     * @param isNew whether it was not there before
     */
    public record Registration(String subject, int id, boolean isNew) {}

    /**
     * Opens nothing yet.
     *
     * @param settings under Confluent's names; {@code schema.registry.url} is needed
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or makes no sense
     */
    public SchemaRegistrar(Map<String, ?> settings) {
        RegistrySettings read = new RegistrySettings(settings, false);
        client = new RegistryClient(read);
        subjectNames = read.subjectNames();
    }

    /** Names the subject under which a topic's schema is registered. */
    public String subject(String topic, Schema schema) {
        return subjectNames.subject(topic, false, schema);
    }

    /**
     * Registers the published form of a schema, unless the subject has it.
     *
     * @throws RegistryUnavailableException if the registry can't be reached: try again
     * @throws RegistryRefusedException if the registry won't have the schema
     */
    public Registration register(String topic, Schema schema) {
        String subject = subject(topic, schema);
        OptionalInt known = client.find(subject, schema);
        return known.isPresent()
                ? new Registration(subject, known.getAsInt(), false)
                : new Registration(subject, client.register(subject, schema), true);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
