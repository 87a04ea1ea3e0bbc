package io.hedgerow.event;

import io.hedgerow.compiler.runtime.AttributionRequest;

/** What preparing a record comes to. */
public sealed interface Prepared {
    /** A checked request for the device, with what it is about. */
    record Request(Subject subject, AttributionRequest request) implements Prepared {}

    /** Nothing is asked of the device, for it is known what became of the record. */
    record Settled(Finding finding) implements Prepared {}
}
