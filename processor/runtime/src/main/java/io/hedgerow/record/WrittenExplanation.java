package io.hedgerow.record;

import io.hedgerow.Explanation;

/** An explanation with its bytes as they will be stored. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WrittenExplanation(Explanation explanation, byte[] value) {}
