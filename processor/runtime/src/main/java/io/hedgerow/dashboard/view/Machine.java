package io.hedgerow.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * Figures of the machinery. Events a second and the account are of all instances where monitoring runs; the others are of this
 * process, and null where it explains nothing.
 *
 * @param batch mean images in a batch
 * @param deviceBusy share of the time that a device computes, 0 to 1
 * @param lag records not yet read
 * @param queue records read and not yet computed
 */
public record Machine(
        double eventsPerSecond,
        @Nullable Double batch,
        @Nullable Double deviceBusy,
        @Nullable Long lag,
        @Nullable Long queue,
        Account account) {}
