package io.hedgerow.event;

import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.faithfulness.BlurTrial;
import org.jspecify.annotations.Nullable;

/** What preparing a record comes to. */
public sealed interface Prepared {
    /**
     * A checked request for the device, with what it is about.
     *
     * @param trial whether its evidence matters is to be asked; null if not
     */
    record Request(Subject subject, AttributionRequest request, @Nullable BlurTrial trial) implements Prepared {}

    /** Nothing is asked of the device, for it is known what became of the record. */
    record Settled(Finding finding) implements Prepared {}
}
