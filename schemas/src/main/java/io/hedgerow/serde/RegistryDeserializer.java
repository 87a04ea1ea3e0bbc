package io.hedgerow.serde;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Deserializer of Avro records in Confluent's framing, whatever version of the schema they were written with, as records of this
 * program's version. Safe for use by several threads once configured. Lengths inside a record are checked against the bytes
 * that are there before memory is taken.
 *
 * @param <T> class of the records, made from their schema
 */
public final class RegistryDeserializer<T extends SpecificRecordBase> implements Deserializer<T> {
    /** Names the class to read when Kafka makes the deserializer (Confluent's setting). */
    public static final String VALUE_TYPE = "specific.avro.value.type";

    private static final int HEADER_BYTES = RegistrySerializer.HEADER_BYTES;

    private final Map<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private boolean isOffline;
    private @Nullable Class<T> type;
    private @Nullable RegistryClient client;

    /** Makes a deserializer to be configured by Kafka, with {@value #VALUE_TYPE}. */
    public RegistryDeserializer() {}

    /** Reads records of {@code type}. */
    public RegistryDeserializer(Class<T> type) {
        this.type = type;
    }

    /**
     * Reads records of {@code type} without a registry.
     *
     * @param schemas that the records were written with, by their ids in the registry
     */
    public RegistryDeserializer(Class<T> type, Map<Integer, Schema> schemas) {
        this.type = type;
        this.schemas.putAll(schemas);
        this.isOffline = true;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (type == null) {
            type = typeOf(configs.get(VALUE_TYPE));
        }
        client = new RegistryClient(new RegistrySettings(configs, isKey));
    }

    /**
     * Decodes a record; null stays null.
     *
     * @throws MalformedRecordException if the bytes are no such record
     * @throws UnknownSchemaException if the registry doesn't know the schema's id
     * @throws RegistryUnavailableException if the registry is needed and can't be reached: try again
     * @throws RegistryRefusedException if the registry doesn't let us in
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        if (value.length < HEADER_BYTES) {
            throw new MalformedRecordException("The value has " + value.length
                    + " bytes, fewer than the 5 of the header (a zero byte and the schema's id)");
        }
        if (value[0] != RegistrySerializer.MAGIC) {
            throw new MalformedRecordException(String.format(
                    "The value starts with byte 0x%02x where 0x00 was expected: it is not in the schema registry's format",
                    value[0]));
        }
        return read(value, ByteBuffer.wrap(value, 1, 4).getInt());
    }

    private T read(byte[] value, int id) {
        DatumReader<T> reader = reader(id);
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null);
        T record;
        int trailing;
        try {
            record = reader.read(null, decoder);
            trailing = decoder.inputStream().available();
        } catch (EOFException e) {
            throw new MalformedRecordException(
                    what(id) + " ends too early: its " + value.length + " bytes are not all of it", e);
        } catch (AvroTypeException e) {
            throw new MalformedRecordException(
                    what(id) + " was written with an incompatible schema: " + e.getMessage(), e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Avro answers garbage with whatever its decoder stumbles over, endless nesting included.
            throw new MalformedRecordException(what(id) + " is malformed: " + e, e);
        }
        if (trailing > 0) {
            throw new MalformedRecordException(
                    what(id) + " is followed by " + trailing + " bytes that belong to nothing");
        }
        return record;
    }

    private DatumReader<T> reader(int id) {
        DatumReader<T> known = readers.get(id);
        if (known != null) {
            return known;
        }
        if (type == null) {
            throw new IllegalStateException("The deserializer was not configured");
        }
        SpecificData data = new RecordData(type);
        DatumReader<T> reader = new SpecificDatumReader<>(schema(id), data.getSchema(type), data);
        readers.put(id, reader);
        return reader;
    }

    /**
     * The schema with this id.
     *
     * @throws UnknownSchemaException if there is none
     * @throws RegistryUnavailableException if the registry is needed and can't be reached: try again
     */
    public Schema schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        if (isOffline) {
            throw new UnknownSchemaException("There is no schema with id " + id + " among " + schemas.keySet(), null);
        }
        if (client == null) {
            throw new IllegalStateException("The deserializer was not configured");
        }
        Schema found = client.schema(id);
        schemas.put(id, found);
        return found;
    }

    private String what(int id) {
        return "The " + (type == null ? "record" : type.getSimpleName()) + " (schema id " + id + ")";
    }

    @SuppressWarnings("unchecked") // checked by asSubclass
    private Class<T> typeOf(@Nullable Object setting) {
        Object found = setting;
        try {
            if (setting instanceof String name) {
                found = Class.forName(name);
            }
            if (found instanceof Class<?> named) {
                return (Class<T>) named.asSubclass(SpecificRecordBase.class);
            }
        } catch (ClassNotFoundException | ClassCastException e) {
            // Said below.
        }
        throw new ConfigException(VALUE_TYPE, setting, "Name a class made from an Avro schema");
    }

    @Override
    public void close() {
        Closing.close(client);
    }
}
