package io.hedgerow.monitor.delivery;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of alerts.
 *
 * @param alertmanager address of an Alertmanager, to which {@code /api/v2/alerts} is added; null for none
 * @param webhooks addresses that alerts are posted to
 * @param link page that people are sent to, to which {@code #alert=ID} is added; null for none
 */
public record Receivers(@Nullable URI alertmanager, List<Webhook> webhooks, @Nullable URI link) {
    public Receivers {
        webhooks = List.copyOf(webhooks);
    }

    /** Whether there is nobody. */
    public boolean isEmpty() {
        return alertmanager == null && webhooks.isEmpty();
    }

    /**
     * An address that alerts are posted to. Its text form shows neither the address nor secrets.
     *
     * @param secrets keys that sign; empty for none
     * @param cloudEvents whether the headers of CloudEvents are sent too
     */
    public record Webhook(URI url, List<byte[]> secrets, boolean cloudEvents) {
        public Webhook {
            secrets = List.copyOf(secrets);
        }

        @Override
        public String toString() {
            return "Webhook[host=%s, signs=%s]".formatted(url.getHost(), !secrets.isEmpty());
        }
    }
}
