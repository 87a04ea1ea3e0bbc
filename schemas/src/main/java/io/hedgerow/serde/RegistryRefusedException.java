package io.hedgerow.serde;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The registry refused: wrong credentials, an incompatible schema, a subject without one. A person has to mend it. */
public final class RegistryRefusedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    RegistryRefusedException(String message) {
        super(message);
    }

    RegistryRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
