package io.hedgerow.audit.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.hedgerow.AuditEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One line of an exported log: where the entry is stored, its bytes as they are stored, and what they say. Single-threaded.
 */
final class JsonRow {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String OFFSET = "{\"offset\":";
    private static final String ENTRY = ",\"entry\":\"";
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
        line.writeBytes((OFFSET + offset + ENTRY).getBytes(StandardCharsets.ISO_8859_1));
        // The JDK compiles its own encoder to vector instructions, but not the generator's.
        line.writeBytes(Base64.getEncoder().encode(stored));
        line.write('"');
        int rest = line.size();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            for (Field field : FIELDS) {
                json.writeFieldName(field.name());
                write(json, field.value().apply(entry));
            }
            json.writeEndObject();
        }
        byte[] written = line.toByteArray();
        // The fields go on where offset and entry end.
        written[rest] = ',';
        return written;
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
        String text = new String(line, StandardCharsets.ISO_8859_1);
        int entry = text.indexOf(',');
        int from = entry + ENTRY.length();
        int to = entry < 0 ? -1 : text.indexOf('"', from);
        if (to < 0 || !text.startsWith(OFFSET) || !text.startsWith(ENTRY, entry)) {
            throw new IOException("the line begins with neither offset nor entry");
        }
        try {
            long offset = Long.parseLong(text, OFFSET.length(), entry, 10);
            return new Stored(offset, Base64.getDecoder().decode(text.substring(from, to)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the line's offset or entry is none", e);
        }
    }
}
