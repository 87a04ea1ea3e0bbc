package io.hedgerow.serde;

import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serde;

/**
 * Serde of Avro records in Confluent's framing. Safe for use by several threads once configured.
 *
 * @param <T> class of the records, made from their schema
 */
public final class RegistrySerde<T extends SpecificRecordBase> implements Serde<T> {
    private final RegistrySerializer<T> serializer;
    private final RegistryDeserializer<T> deserializer;

    /** Makes a serde to be configured by Kafka, with {@value RegistryDeserializer#VALUE_TYPE}. */
    public RegistrySerde() {
        this(new RegistryDeserializer<>());
    }

    private RegistrySerde(RegistryDeserializer<T> deserializer) {
        serializer = new RegistrySerializer<>();
        this.deserializer = deserializer;
    }

    /**
     * Makes a serde of {@code type} as values, ready for use.
     *
     * @param settings under Confluent's names; {@code schema.registry.url} is needed
     */
    public static <T extends SpecificRecordBase> RegistrySerde<T> of(Class<T> type, Map<String, ?> settings) {
        RegistrySerde<T> serde = new RegistrySerde<>(new RegistryDeserializer<>(type));
        serde.configure(settings, false);
        return serde;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        serializer.configure(configs, isKey);
        deserializer.configure(configs, isKey);
    }

    @Override
    public RegistrySerializer<T> serializer() {
        return serializer;
    }

    @Override
    public RegistryDeserializer<T> deserializer() {
        return deserializer;
    }

    @Override
    public void close() {
        serializer.close();
        deserializer.close();
    }
}
