package io.hedgerow.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Settings handed on to a client as they are. Printed, they keep their secrets. Immutable. */
public final class ClientSettings {
    private final Map<String, String> values;

    /** Takes settings by their client's own names. */
    public ClientSettings(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** The settings, secrets included: for the client only. */
    public Map<String, String> values() {
        return values;
    }

    /** The settings with secrets hidden: for everybody. */
    public Map<String, String> masked() {
        Map<String, String> masked = new TreeMap<>();
        values.forEach((name, value) -> masked.put(name, Secrets.mask(name, value)));
        return masked;
    }

    @Override
    public String toString() {
        return masked().toString();
    }
}
