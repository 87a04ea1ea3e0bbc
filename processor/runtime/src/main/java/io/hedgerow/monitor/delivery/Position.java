package io.hedgerow.monitor.delivery;

import io.hedgerow.Alert;

/**
 * A revision of an alert, and where it lies.
 *
 * @param partition of the topic of alerts
 */
record Position(int partition, long offset, Alert alert) {}
