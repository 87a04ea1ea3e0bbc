package io.hedgerow.monitor.stream;

import io.hedgerow.Alert;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What metrics say of an alert that is open. */
record OpenAlert(String kind, String severity, String model) {
    static OpenAlert of(Alert alert) {
        return new OpenAlert(
                alert.getKind().name().toLowerCase(Locale.ROOT),
                alert.getSeverity().name().toLowerCase(Locale.ROOT),
                alert.getModel().getName());
    }

    /** Reads what {@link #bytes} wrote. */
    static OpenAlert of(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 3);
        return new OpenAlert(lines[0], lines[1], lines[2]);
    }

    byte[] bytes() {
        return (kind + "\n" + severity + "\n" + model).getBytes(StandardCharsets.UTF_8);
    }
}
