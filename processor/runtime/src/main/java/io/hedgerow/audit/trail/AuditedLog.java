package io.hedgerow.audit.trail;

import io.hedgerow.audit.verify.LogReport;

/**
 * What was found of a log and of what it accounts for.
 *
 * @param isCompared whether explanations and input were looked at
 * @param erased explanation records that are gone
 * @param expired input records that were gone before they were read
 * @param compacted input records that have entries and were compacted away since
 * @param pending input records past the log's end
 */
public record AuditedLog(
        LogReport report, boolean isCompared, long erased, long expired, long compacted, long pending) {}
