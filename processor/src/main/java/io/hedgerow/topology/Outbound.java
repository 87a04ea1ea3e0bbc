package io.hedgerow.topology;

/** What one processor hands to another, or to a sink. */
sealed interface Outbound permits Output, Outcome {}
