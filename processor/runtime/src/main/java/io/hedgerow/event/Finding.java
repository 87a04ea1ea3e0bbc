package io.hedgerow.event;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.device.Batched;
import io.hedgerow.faithfulness.Faithfulness;
import org.jspecify.annotations.Nullable;

/** What became of an input record, whatever it holds: one of three. What is nobody's fault but the device's is thrown instead. */
public sealed interface Finding {
    // RATIONALE: Why is one result carried through the event's way?
    /**
     * An event with its maps.
     *
     * @param faithfulness what blurring the evidence did; null if that wasn't asked, or had no answer
     */
    record Explained(Subject subject, Batched<Attribution> result, @Nullable Faithfulness faithfulness)
            implements Finding {}

    /**
     * A record that can't be explained, now or later.
     *
     * @param why what is wrong with it
     * @param event what it says; null if it can't be read
     */
    record Rejected(RejectedRecordException why, @Nullable EventFacts event) implements Finding {}

    /** An event that sampling left out. */
    record SampledOut(EventFacts event) implements Finding {}
}
