package io.hedgerow.audit.export;

import io.hedgerow.AuditEntry;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Text of an entry, as JSON, without a registry. */
public final class EntryText {
    private static final int FRAMING_BYTES = 5;

    private EntryText() {}

    /** Reads a stored entry with this program's schema; says so if it was written with another. */
    public static String of(byte[] stored) {
        try {
            var decoder = DecoderFactory.get()
                    .binaryDecoder(stored, FRAMING_BYTES, Math.max(0, stored.length - FRAMING_BYTES), null);
            GenericRecord record =
                    new GenericDatumReader<GenericRecord>(AuditEntry.getClassSchema()).read(null, decoder);
            if (decoder.isEnd()) {
                return record.toString();
            }
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            // Said below.
        }
        return "(%d bytes in another schema than this program's)".formatted(stored.length);
    }
}
