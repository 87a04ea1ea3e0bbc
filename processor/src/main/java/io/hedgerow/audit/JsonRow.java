package io.hedgerow.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.hedgerow.AuditEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One line of an exported log: where the entry is stored, its bytes as they are stored, and what they say. Single-threaded.
 */
final class JsonRow {
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<Field> FIELDS = ExportColumns.ALL.stream()
            .map(column -> new Field(new SerializedString(column.name()), column.value()))
            .toList();

    /** A column whose name is encoded once. */
    private record Field(SerializedString name, Function<AuditEntry, @Nullable Object> value) {}

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);

    /** Offset and bytes of an entry. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(long offset, byte[] entry) {}

    /** The line of an entry, without its end. */
    byte[] write(long offset, byte[] stored, AuditEntry entry) throws IOException {
        line.reset();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeNumberField("offset", offset);
            json.writeBinaryField("entry", stored);
            for (Field field : FIELDS) {
                json.writeFieldName(field.name());
                write(json, field.value().apply(entry));
            }
            json.writeEndObject();
        }
        return line.toByteArray();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Float number) {
            json.writeNumber(number);
        } else if (value instanceof Instant time) {
            json.writeString(IsoTime.of(time));
        } else {
            json.writeString(value.toString());
        }
    }

    /**
     * Reads offset and entry of a line.
     *
     * @throws IOException if they are not there
     */
    static Stored read(byte[] line) throws IOException {
        try (JsonParser json = JSON.createParser(line)) {
            boolean isRow = json.nextToken() == JsonToken.START_OBJECT
                    && "offset".equals(json.nextFieldName())
                    && json.nextToken() == JsonToken.VALUE_NUMBER_INT;
            long offset = isRow ? json.getLongValue() : -1;
            if (!isRow || !"entry".equals(json.nextFieldName()) || json.nextToken() != JsonToken.VALUE_STRING) {
                throw new IOException("the line begins with neither offset nor entry");
            }
            return new Stored(offset, json.getBinaryValue());
        }
    }
}
