package io.hedgerow.monitor.detect;

/**
 * A mean that has left a limit.
 *
 * @param side feature × 2, + 1 if its mean fell
 * @param limit the limit that it has passed
 */
public record Departure(int side, double limit) {
    int feature() {
        return side / Bets.SIDES;
    }
}
