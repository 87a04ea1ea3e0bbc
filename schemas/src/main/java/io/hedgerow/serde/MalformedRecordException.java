package io.hedgerow.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** A record's bytes are not what they should be: another framing, cut short, too long, or of an incompatible schema. */
public final class MalformedRecordException extends SerializationException {
    private static final long serialVersionUID = 1L;

    MalformedRecordException(String message) {
        super(message);
    }

    MalformedRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
