package io.hedgerow.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The registry answered that it has no usable schema of a record's id: the record is bad, not the registry. */
public final class UnknownSchemaException extends SerializationException {
    private static final long serialVersionUID = 1L;

    UnknownSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
