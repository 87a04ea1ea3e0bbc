package io.hedgerow.monitor.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what became of what was sent, by receiver. Outlives sessions. */
final class DeliveryMeters {
    private final MeterRegistry meters;
    private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();

    DeliveryMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** One attempt: taken, failed, refused or gone. */
    void count(String receiver, String outcome) {
        Counter.builder("hedgerow.alerts.sent")
                .description("Attempts to tell a receiver of alerts, by what came of them")
                .tag("receiver", receiver)
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    /** How many revisions a receiver has still to be told. */
    void waiting(String receiver, int revisions) {
        waiting.computeIfAbsent(receiver, this::gauge).set(revisions);
    }

    private AtomicInteger gauge(String receiver) {
        AtomicInteger value = new AtomicInteger();
        Gauge.builder("hedgerow.alerts.waiting", value, AtomicInteger::get)
                .description("Revisions of alerts that a receiver has not taken yet")
                .tag("receiver", receiver)
                .register(meters);
        return value;
    }
}
