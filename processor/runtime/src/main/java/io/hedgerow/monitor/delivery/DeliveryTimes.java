package io.hedgerow.monitor.delivery;

import java.time.Duration;
import java.util.List;

/**
 * How long is waited for what.
 *
 * @param answer for a receiver's answer
 * @param pauses before each further attempt; the last one for all that follow
 * @param resend between two tellings of an alert that is open, to an Alertmanager
 * @param resolved how long an Alertmanager is told of one that is closed
 */
public record DeliveryTimes(Duration answer, List<Duration> pauses, Duration resend, Duration resolved) {
    /** A receiver that is back is found within a quarter of an hour; an open alert is told of once a minute. */
    public static DeliveryTimes usual() {
        return new DeliveryTimes(
                Duration.ofSeconds(20),
                List.of(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(15)),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5));
    }

    /**
     * The pause after some attempts that failed.
     *
     * @param failures at least 1
     */
    Duration pause(int failures) {
        return pauses.get(Math.min(failures, pauses.size()) - 1);
    }
}
