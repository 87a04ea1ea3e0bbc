package io.hedgerow.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * What became of the events that came in: the parts sum to the total.
 *
 * @param since milliseconds from which on events count; null for since the process began
 * @param whole whether all instances' events are in it, or this process's alone
 */
public record Account(
        long total,
        long explained,
        long failed,
        long sampledOut,
        long shed,
        long expired,
        long pending,
        @Nullable Long since,
        boolean whole) {
    static Account of(Totals sums, long pending, @Nullable Long since) {
        return of(sums.explained, sums.failed, sums.sampledOut, sums.shed, sums.expired, pending, since, true);
    }

    /** Adds up. */
    public static Account of(
            long explained,
            long failed,
            long sampledOut,
            long shed,
            long expired,
            long pending,
            @Nullable Long since,
            boolean whole) {
        long total = explained + failed + sampledOut + shed + expired + pending;
        return new Account(total, explained, failed, sampledOut, shed, expired, pending, since, whole);
    }
}
