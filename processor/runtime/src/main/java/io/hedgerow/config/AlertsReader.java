package io.hedgerow.config;

import io.hedgerow.config.HedgerowConfig.Alerts;
import io.hedgerow.config.HedgerowConfig.Alerts.Webhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads who is told of alerts. */
final class AlertsReader {
    private static final String SECRET = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    /** Gives a key's value. */
    interface Values {
        <T> T get(Key<T> key);
    }

    private final Entries entries;
    private final Values values;

    AlertsReader(Entries entries, Values values) {
        this.entries = entries;
        this.values = values;
    }

    Alerts read() {
        List<Webhook> webhooks = new ArrayList<>();
        for (int i = 0; has("alerts.webhooks[" + i + "]."); i++) {
            Key<String> url = Keys.WEBHOOK_URL.at(i);
            webhooks.add(new Webhook(
                    address(url.path(), values.get(url)),
                    secrets(Keys.WEBHOOK_SECRET.at(i)),
                    values.get(Keys.WEBHOOK_CLOUD_EVENTS.at(i))));
        }
        return new Alerts(optional(Keys.ALERTMANAGER), List.copyOf(webhooks), optional(Keys.ALERT_LINK));
    }

    private boolean has(String prefix) {
        return entries.paths().stream().anyMatch(path -> path.startsWith(prefix));
    }

    private @Nullable URI optional(Key<String> key) {
        String text = values.get(key);
        return text.isEmpty() ? null : address(key.path(), text);
    }

    /** Says nothing of the text, which may hold a secret. */
    private URI address(String path, String text) {
        try {
            URI address = new URI(text);
            String scheme = String.valueOf(address.getScheme());
            if ((scheme.equals("http") || scheme.equals("https")) && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw entries.error(path, path + " is no address; expected: http:// or https:// and a host");
    }

    private List<byte[]> secrets(Key<String> key) {
        List<byte[]> secrets = new ArrayList<>();
        for (String text : values.get(key).strip().split("\\s+", -1)) {
            if (!text.isEmpty()) {
                secrets.add(secret(key.path(), text));
            }
        }
        return List.copyOf(secrets);
    }

    private byte[] secret(String path, String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.startsWith(SECRET) ? text.substring(SECRET.length()) : "?");
            if (bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw entries.error(path, path + " holds no secret; expected: whsec_ and base64 of 24 to 64 bytes");
    }
}
