package io.hedgerow.serde;

import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/**
 * Schemas as they are for everyone: whole, with the records in them, and without what only Java's classes need
 * ({@code avro.java.string}). This form is what stands in the registry.
 */
public final class PublishedSchema {
    private static final String JAVA_PROPERTY = ",\"avro.java.string\":\"String\"";
    private static final String JAVA_STRING = "{\"type\":\"string\"" + JAVA_PROPERTY + "}";

    private PublishedSchema() {}

    /** Gives the published form of the schema of a class made from it. */
    public static Schema of(Schema schema) {
        return new Schema.Parser().parse(json(schema));
    }

    /** Gives what its file {@code NAME.avsc} holds: the published form, over many lines. */
    public static String text(Schema schema) {
        return SchemaFormatter.format("json/pretty", of(schema)) + "\n";
    }

    /** The published form in one line. */
    static String json(Schema schema) {
        return schema.toString().replace(JAVA_STRING, "\"string\"").replace(JAVA_PROPERTY, "");
    }
}
