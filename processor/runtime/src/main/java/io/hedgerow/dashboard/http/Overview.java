package io.hedgerow.dashboard.http;

import io.hedgerow.dashboard.feed.Feed;
import io.hedgerow.dashboard.view.Machine;
import io.hedgerow.dashboard.view.View;
import java.util.function.Supplier;

/**
 * What is shown at one moment.
 *
 * @param version of this program
 * @param monitor on, off or absent, and why in {@code monitorReason}
 * @param machine figures of the machinery, measured when asked
 */
public record Overview(
        String version,
        String applicationId,
        Supplier<MonitorState> monitor,
        View view,
        Feed feed,
        Supplier<Machine> machine) {
    /**
     * Whether there is monitoring.
     *
     * @param state on, off or absent
     * @param reason one line; empty while it is on
     */
    public record MonitorState(String state, String reason) {}
}
