package io.hedgerow.audit.log;

import io.hedgerow.audit.LogException;

/** Store of the logs of the input's partitions. */
public interface LogHistory {
    /** Nothing is kept anywhere: every log begins. */
    LogHistory NONE = partition -> new LogState();

    /**
     * Finds where a log stands from its entries, where the state that is kept beside them is lost.
     *
     * @param partition of the input, which is that of the entries
     * @throws LogException if entries are there, but not all that it takes
     */
    LogState read(int partition);
}
