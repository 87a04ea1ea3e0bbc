package io.hedgerow.monitor.delivery;

import io.micrometer.core.instrument.MeterRegistry;

/** The sender's metrics, as if something had been sent. */
public final class SentAlerts {
    private SentAlerts() {}

    public static void count(MeterRegistry registry) {
        DeliveryMeters meters = new DeliveryMeters(registry);
        meters.count("webhook-1", "taken");
        meters.waiting("webhook-1", 2);
    }
}
