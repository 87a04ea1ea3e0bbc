package io.hedgerow.record;

import io.hedgerow.AuditStatus;
import io.hedgerow.event.EventFacts;
import io.hedgerow.event.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What became of one input record, whatever it was.
 *
 * @param reason why there is no explanation; empty if there is one, or if the status says it all
 * @param event what the record said; null if it can't be read, or if the explanation says it
 * @param explanation what was written; null if nothing was
 */
public record Outcome(
        AuditStatus status, String reason, @Nullable EventFacts event, @Nullable WrittenExplanation explanation)
        implements Outbound {
    public static Outcome explained(WrittenExplanation explanation) {
        return new Outcome(AuditStatus.EXPLAINED, "", null, explanation);
    }

    public static Outcome sampledOut(EventFacts event) {
        return new Outcome(AuditStatus.SAMPLED_OUT, "", event, null);
    }

    public static Outcome failed(Reason reason, @Nullable EventFacts event) {
        return new Outcome(AuditStatus.FAILED, reason.tag(), event, null);
    }
}
