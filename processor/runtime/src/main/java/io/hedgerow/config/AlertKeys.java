package io.hedgerow.config;

import io.hedgerow.monitor.delivery.Receivers;
import io.hedgerow.monitor.delivery.Receivers.Webhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of those who are told of alerts. */
final class AlertKeys {
    private static final String WEBHOOKS = "alerts.webhooks";
    private static final String SECRET = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final Values values;

    AlertKeys(Values values) {
        this.values = values;
    }

    Receivers alerts() {
        URI alertmanager = optional(Key.text(
                "alerts.alertmanager",
                "",
                "Address of an Alertmanager that alerts are pushed to, such as `http://alertmanager:9093`; best left out"
                        + " where Prometheus has the rules in deploy/."));
        List<Webhook> webhooks = new ArrayList<>();
        for (int i = 0; values.isSet(WEBHOOKS, i); i++) {
            webhooks.add(webhook(i));
        }
        URI link = optional(Key.text(
                "alerts.link",
                "",
                "Address of the page that people are sent to from alerts; the alert's id is added as `#alert=…`."));
        return new Receivers(alertmanager, List.copyOf(webhooks), link);
    }

    private Webhook webhook(int i) {
        String path = WEBHOOKS + "[" + i + "].";
        String url = values.get(
                Key.text(
                        "alerts.webhooks[].url",
                        null,
                        "Where alerts are posted to, as Standard Webhooks; never printed."),
                i);
        String secrets = values.get(
                Key.text(
                        "alerts.webhooks[].secret",
                        "",
                        "Secrets that sign what is posted, `whsec_` and base64 of 24 to 64 bytes, separated by spaces"
                                + " while they are exchanged; best `${WEBHOOK_SECRET}`. Without one nothing is"
                                + " signed."),
                i);
        boolean cloudEvents = values.get(
                Key.flag("alerts.webhooks[].cloud-events", false, "Whether the headers of CloudEvents are sent too."),
                i);
        return new Webhook(address(path + "url", url), secrets(path + "secret", secrets), cloudEvents);
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
        throw values.error(path, path + " is no address; expected: http:// or https:// and a host");
    }

    private List<byte[]> secrets(String path, String all) {
        List<byte[]> secrets = new ArrayList<>();
        for (String text : all.strip().split("\\s+", -1)) {
            if (!text.isEmpty()) {
                secrets.add(secret(path, text));
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
        throw values.error(path, path + " holds no secret; expected: whsec_ and base64 of 24 to 64 bytes");
    }
}
