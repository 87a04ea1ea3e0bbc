package io.hedgerow.record;

import org.jspecify.annotations.Nullable;

/** A value as it will be stored, with the partition it goes to: that of its input. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Output(byte @Nullable [] value, int partition) implements Outbound {}
