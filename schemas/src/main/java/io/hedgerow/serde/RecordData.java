package io.hedgerow.serde;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Avro's data model that finds the classes of a record's parts in the record's own package and nowhere else. Avro would load any
 * class that a schema from the registry names, and therefore (since 1.12.2) loads none unless a system property of the whole
 * process trusts it.
 */
final class RecordData extends SpecificData {
    private final String prefix;

    RecordData(Class<? extends SpecificRecordBase> record) {
        super(record.getClassLoader());
        prefix = record.getPackageName() + ".";
        SpecificData.getForClass(record).getConversions().forEach(this::addLogicalTypeConversion);
    }

    /** Avro's faster reader asks {@link #getClass(Schema)} as the other one does, but is kept from subclasses. */
    @Override
    public boolean isFastReaderEnabled() {
        return true;
    }

    @Override
    @SuppressWarnings("rawtypes") // as overridden
    public @Nullable Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> named(schema.getFullName());
            default -> super.getClass(schema);
        };
    }

    private @Nullable Class<?> named(String name) {
        if (!name.startsWith(prefix) || name.indexOf('.', prefix.length()) >= 0) {
            return null;
        }
        try {
            return Class.forName(name, false, getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
