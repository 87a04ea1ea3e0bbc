package io.hedgerow.monitor.stream;

/**
 * A record on its way out.
 *
 * @param value as it will be stored
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Outgoing(String topic, byte[] value) {}
