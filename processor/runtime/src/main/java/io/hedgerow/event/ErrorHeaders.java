package io.hedgerow.event;

import java.util.List;

/**
 * Names of the headers that dead letters carry, and replayed events: they are API. Values are text in UTF-8. The first six
 * are Kafka Streams' own for errors (KIP-1034).
 */
public final class ErrorHeaders {
    /** Class of what went wrong. */
    public static final String EXCEPTION = "__streams.errors.exception";
    /** What went wrong. */
    public static final String MESSAGE = "__streams.errors.message";
    /** Only on request. */
    public static final String STACK_TRACE = "__streams.errors.stacktrace";
    /** Topic of the event. */
    public static final String TOPIC = "__streams.errors.topic";
    /** Partition of the event. */
    public static final String PARTITION = "__streams.errors.partition";
    /** Offset of the event. */
    public static final String OFFSET = "__streams.errors.offset";
    /** A {@link Reason}, in lower case. */
    public static final String REASON = "hedgerow.reason";
    /** SHA-256 of a value that was left out because the record was too large. */
    public static final String VALUE_SHA256 = "hedgerow.value.sha256";
    /** Length of that value. */
    public static final String VALUE_BYTES = "hedgerow.value.bytes";
    /** SHA-256 of a key that was left out because the record was too large. */
    public static final String KEY_SHA256 = "hedgerow.key.sha256";
    /** How many headers were left out because the record was too large. */
    public static final String HEADERS_DROPPED = "hedgerow.headers.dropped";

    /** All of a dead letter's: what a replayed event does not keep. */
    public static final List<String> ALL = List.of(
            EXCEPTION,
            MESSAGE,
            STACK_TRACE,
            TOPIC,
            PARTITION,
            OFFSET,
            REASON,
            VALUE_SHA256,
            VALUE_BYTES,
            KEY_SHA256,
            HEADERS_DROPPED);

    /** Topic where a replayed event was first. */
    public static final String REPLAY_TOPIC = "hedgerow.replay.topic";
    /** Partition where a replayed event was first. */
    public static final String REPLAY_PARTITION = "hedgerow.replay.partition";
    /** Offset where a replayed event was first. */
    public static final String REPLAY_OFFSET = "hedgerow.replay.offset";
    /** Timestamp of the record that a replayed event was first, in milliseconds since 1970. */
    public static final String REPLAY_TIMESTAMP = "hedgerow.replay.timestamp";

    /** All of a replayed event's; they don't count towards its limits. */
    public static final List<String> REPLAYED =
            List.of(REPLAY_TOPIC, REPLAY_PARTITION, REPLAY_OFFSET, REPLAY_TIMESTAMP);

    private ErrorHeaders() {}
}
