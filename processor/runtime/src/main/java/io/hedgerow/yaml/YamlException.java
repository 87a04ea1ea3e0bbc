package io.hedgerow.yaml;

import java.io.IOException;

/** A YAML file does not say what it should; the message names the file, the place and what is expected there. */
public final class YamlException extends IOException {
    private static final long serialVersionUID = 1L;

    public YamlException(String message) {
        super(message);
    }

    public YamlException(String message, Throwable cause) {
        super(message, cause);
    }
}
