package io.hedgerow.monitor.detect;

/**
 * Times of alerts, in milliseconds.
 *
 * @param updateEvery shortest time between two revisions
 * @param leastOpen shortest time that an alert is open
 * @param staleAfter time without events after which it is closed as stale
 */
public record AlertTimes(long updateEvery, long leastOpen, long staleAfter) {}
