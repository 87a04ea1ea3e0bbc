package io.hedgerow.deadletters;

import io.hedgerow.event.ErrorHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record of the dead letter topic, as it lies there. Immutable as long as nobody changes its arrays. */
public final class DeadLetter {
    private final ConsumerRecord<byte[], byte[]> record;

    DeadLetter(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
    }

    /** Partition of the dead letter topic. */
    public int partition() {
        return record.partition();
    }

    public long offset() {
        return record.offset();
    }

    /** The event record's, which the dead letter keeps. */
    public Instant time() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    public byte @Nullable [] key() {
        return record.key();
    }

    public byte @Nullable [] value() {
        return record.value();
    }

    /** Why there is no explanation; empty if the record doesn't say. */
    public String reason() {
        return header(ErrorHeaders.REASON);
    }

    /** What went wrong, in words. */
    public String message() {
        return header(ErrorHeaders.MESSAGE);
    }

    /** Class of what went wrong. */
    public String exception() {
        return header(ErrorHeaders.EXCEPTION);
    }

    /** Topic that the event came from; empty if the record doesn't say. */
    public String eventTopic() {
        return header(ErrorHeaders.TOPIC);
    }

    /** Partition that the event came from; -1 if the record doesn't say. */
    public int eventPartition() {
        return (int) number(ErrorHeaders.PARTITION, Integer.MAX_VALUE);
    }

    /** Offset that the event came from; -1 if the record doesn't say. */
    public long eventOffset() {
        return number(ErrorHeaders.OFFSET, Long.MAX_VALUE);
    }

    /** What of the event is not in the letter because it was too large; null if nothing is missing. */
    @Nullable
    String leftOut() {
        if (record.value() == null && has(ErrorHeaders.VALUE_SHA256)) {
            return "its value of %s bytes was left out as too large".formatted(header(ErrorHeaders.VALUE_BYTES));
        }
        if (record.key() == null && has(ErrorHeaders.KEY_SHA256)) {
            return "its key was left out as too large";
        }
        return has(ErrorHeaders.HEADERS_DROPPED)
                ? "its %s headers were left out as too large".formatted(header(ErrorHeaders.HEADERS_DROPPED))
                : null;
    }

    /** The event as it was, with its first position; its time is the present, or retention might take it at once. */
    ProducerRecord<byte[], byte[]> event() {
        Headers headers = new RecordHeaders(record.headers());
        ErrorHeaders.ALL.forEach(headers::remove);
        if (headers.lastHeader(ErrorHeaders.REPLAY_OFFSET) == null) {
            add(headers, ErrorHeaders.REPLAY_TOPIC, eventTopic());
            add(headers, ErrorHeaders.REPLAY_PARTITION, eventPartition());
            add(headers, ErrorHeaders.REPLAY_OFFSET, eventOffset());
            add(headers, ErrorHeaders.REPLAY_TIMESTAMP, time().toEpochMilli());
        }
        return new ProducerRecord<>(eventTopic(), eventPartition(), null, key(), value(), headers);
    }

    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    @Override
    public String toString() {
        return record.topic() + "-" + partition() + "@" + offset();
    }

    private boolean has(String name) {
        return record.headers().lastHeader(name) != null;
    }

    private String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private long number(String name, long most) {
        String text = header(name);
        if (!text.matches("\\d{1,19}")) {
            return -1;
        }
        try {
            long value = Long.parseLong(text);
            return value <= most ? value : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static void add(Headers headers, String name, Object value) {
        headers.add(name, value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
