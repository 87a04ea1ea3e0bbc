package io.hedgerow.serde;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serializer of Avro records in Confluent's framing. Safe for use by several threads once configured.
 *
 * @param <T> class of the records, made from their schema
 */
public final class RegistrySerializer<T extends SpecificRecordBase> implements Serializer<T> {
    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private final Map<Subject, Integer> ids = new ConcurrentHashMap<>();
    private @Nullable RegistryClient client;
    private @Nullable SubjectNames subjectNames;
    private boolean isKey;

    private record Subject(String topic, Schema schema) {}

    /** Makes a serializer to be configured by Kafka. */
    public RegistrySerializer() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        RegistrySettings settings = new RegistrySettings(configs, isKey);
        client = new RegistryClient(settings);
        subjectNames = settings.subjectNames();
        this.isKey = isKey;
    }

    /**
     * Registers a schema, or looks it up, as the first record of it would: a refusal is then known before.
     *
     * @throws RegistryUnavailableException if the registry can't be reached: try again
     * @throws RegistryRefusedException if the registry won't have the schema
     */
    public void prepare(String topic, Schema schema) {
        var unused = id(new Subject(topic, schema));
    }

    /**
     * Encodes a record; null stays null.
     *
     * @throws SerializationException if the record lacks a field
     * @throws RegistryUnavailableException if the registry is needed and can't be reached: try again
     * @throws RegistryRefusedException if the registry won't have the schema
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        Schema schema = value.getSchema();
        int id = id(new Subject(topic, schema));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try {
            DataOutputStream header = new DataOutputStream(bytes);
            header.writeByte(MAGIC);
            header.writeInt(id);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new SpecificDatumWriter<T>(schema, value.getSpecificData()).write(value, encoder);
            encoder.flush();
        } catch (IOException | AvroRuntimeException | NullPointerException | ClassCastException e) {
            throw new SerializationException(
                    "A " + schema.getFullName() + " for topic '" + topic + "' can't be written: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    private int id(Subject subject) {
        Integer known = ids.get(subject);
        if (known != null) {
            return known;
        }
        if (client == null || subjectNames == null) {
            throw new IllegalStateException("The serializer was not configured");
        }
        int id = client.id(subjectNames.subject(subject.topic(), isKey, subject.schema()), subject.schema());
        ids.put(subject, id);
        return id;
    }

    @Override
    public void close() {
        Closing.close(client);
    }
}
