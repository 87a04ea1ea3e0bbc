package io.hedgerow.audit.verify;

import io.hedgerow.AuditStatus;
import io.hedgerow.audit.log.Problem;
import java.util.List;
import java.util.Map;

/**
 * Findings about one log.
 *
 * @param start entries that came before and are gone
 * @param entries that follow one another, those before the start included
 * @param sealed entries that a checkpoint vouches for
 * @param checkpoints that are good
 * @param statuses of the entries
 * @param problems in the order found
 * @param replays how the replayed predictions compare with the logged ones, which is no matter of the log's
 */
public record LogReport(
        String origin,
        long start,
        long entries,
        long sealed,
        int checkpoints,
        Map<AuditStatus, Long> statuses,
        List<Problem> problems,
        Replays.Found replays) {
    /** The same with other problems. */
    public LogReport with(List<Problem> others) {
        return new LogReport(origin, start, entries, sealed, checkpoints, statuses, List.copyOf(others), replays);
    }

    /** Entries past the last checkpoint. */
    public long unsealed() {
        return entries - sealed;
    }
}
