package io.hedgerow.topology;

import io.hedgerow.Explanation;

/** An explanation with its bytes as they will be stored. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WrittenExplanation(Explanation explanation, byte[] value) {}
