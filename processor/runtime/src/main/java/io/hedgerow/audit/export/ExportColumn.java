package io.hedgerow.audit.export;

import io.hedgerow.AuditEntry;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of an exported log.
 *
 * @param name in the field's order of the documentation
 * @param form of its values; null stands for nothing
 * @param value what an entry says
 */
record ExportColumn(String name, Form form, Function<AuditEntry, @Nullable Object> value) {
    /** What values are. */
    enum Form {
        /** Text. */
        STRING,
        /** A whole number of 64 bits. */
        LONG,
        /** A number of 32 bits. */
        FLOAT,
        /** A time in milliseconds since 1970; in JSON as ISO 8601 has it. */
        TIME
    }
}
