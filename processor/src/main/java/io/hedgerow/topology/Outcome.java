package io.hedgerow.topology;

import io.hedgerow.AuditStatus;
import org.jspecify.annotations.Nullable;

/**
 * What became of one input record, whatever it was.
 *
 * @param reason why there is no explanation; empty if there is one, or if the status says it all
 * @param event what the record said; null if it can't be read, or if the explanation says it
 * @param explanation what was written; null if nothing was
 */
record Outcome(AuditStatus status, String reason, @Nullable EventFacts event, @Nullable WrittenExplanation explanation)
        implements Outbound {
    static Outcome explained(WrittenExplanation explanation) {
        return new Outcome(AuditStatus.EXPLAINED, "", null, explanation);
    }

    static Outcome sampledOut(@Nullable EventFacts event) {
        return new Outcome(AuditStatus.SAMPLED_OUT, "", event, null);
    }

    static Outcome failed(Reason reason, @Nullable EventFacts event) {
        return new Outcome(AuditStatus.FAILED, reason.tag(), event, null);
    }
}
