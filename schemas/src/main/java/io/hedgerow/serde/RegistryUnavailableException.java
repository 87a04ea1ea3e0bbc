package io.hedgerow.serde;

import org.apache.kafka.common.errors.RetriableException;

/** The registry could not be reached, or could not answer now. It says nothing of the record: wait and try again. */
public final class RegistryUnavailableException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
