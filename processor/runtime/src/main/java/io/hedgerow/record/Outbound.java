package io.hedgerow.record;

/** What one processor hands to another, or to a sink. */
public interface Outbound {}
