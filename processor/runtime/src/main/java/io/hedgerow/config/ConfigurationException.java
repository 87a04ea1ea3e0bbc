package io.hedgerow.config;

/** Something in the configuration is wrong; the message says where, what, and what would be right. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
