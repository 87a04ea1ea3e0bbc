package io.hedgerow.monitor.delivery;

import io.hedgerow.Alert;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells receivers of alerts on a thread of its own, until it is closed. Of all processes with the same group one does: it has the
 * topic's partition. What goes wrong with the cluster is begun again.
 */
public final class AlertSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertSender.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final String topic;
    private final Deserializer<Alert> alerts;
    private final Receivers receivers;
    private final DeliveryTimes times;
    private final Clock clock;
    private final DeliveryMeters meters;
    private final AlertText text;
    private final HttpPost http;
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * Starts.
     *
     * @param kafka settings of a consumer with its group, which commits nothing by itself and reads what is committed
     * @param topic of alerts
     * @param alerts reads them; stays the caller's to close
     */
    public AlertSender(
            Map<String, Object> kafka,
            String topic,
            Deserializer<Alert> alerts,
            Receivers receivers,
            DeliveryTimes times,
            Clock clock,
            MeterRegistry meters) {
        this.consumers = () -> SenderSession.consumer(kafka);
        this.topic = topic;
        this.alerts = alerts;
        this.receivers = receivers;
        this.times = times;
        this.clock = clock;
        this.meters = new DeliveryMeters(meters);
        this.text = new AlertText(receivers.link());
        this.http = new HttpPost(times.answer());
        this.thread = new Thread(this::run, "hedgerow-alert-sender");
        thread.setDaemon(true);
        thread.start();
    }

    /** Commits what was taken, and ends. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join(times.answer().toMillis());
        thread.interrupt();
    }

    private void run() {
        while (!stopped) {
            try (SenderSession session =
                    new SenderSession(consumers.get(), topic, alerts, receivers, text, http, times, meters)) {
                session.run(clock, () -> stopped);
            } catch (RuntimeException e) {
                if (!stopped) {
                    LOG.warn("Sending alerts begins again: {}", e.toString());
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
