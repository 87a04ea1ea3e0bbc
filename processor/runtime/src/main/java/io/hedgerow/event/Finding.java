package io.hedgerow.event;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.device.Batched;
import org.jspecify.annotations.Nullable;

/** What became of a record that nothing is wrong with. */
public sealed interface Finding {
    /** An event with its maps. */
    record Attributed(Subject subject, Batched<Attribution> result) implements Finding {}

    /** An event that sampling left out. */
    record SampledOut(@Nullable EventFacts event) implements Finding {}
}
