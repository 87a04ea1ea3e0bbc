package io.hedgerow.deadletters;

import io.hedgerow.digest.Sha256;
import io.hedgerow.event.ErrorHeaders;
import io.hedgerow.event.InputRecord;
import io.hedgerow.event.RejectedRecordException;
import io.hedgerow.record.Output;
import io.hedgerow.record.RecordSize;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Makes a dead letter of a record that can't be explained: its key, value and headers as they were, and Kafka Streams' own
 * headers for errors (KIP-1034). A record too large for the topic loses its stack trace first, then keeps the SHA-256 and the
 * length of what was left out.
 */
public final class DeadLetters {
    private static final int LONGEST_MESSAGE = 2000;

    private final int maxRecordBytes;
    private final boolean stackTraces;
    private final DeadLetterLog log = new DeadLetterLog();

    public DeadLetters(int maxRecordBytes, boolean stackTraces) {
        this.maxRecordBytes = maxRecordBytes;
        this.stackTraces = stackTraces;
    }

    public Record<byte[], Output> of(
            Record<byte[], byte[]> record, InputRecord input, RejectedRecordException rejection) {
        log.add(input, rejection);
        Headers headers = new RecordHeaders(record.headers());
        describe(headers, input, rejection);
        byte[] key = record.key();
        byte[] value = record.value();
        if (RecordSize.of(key, value, headers) > maxRecordBytes) {
            headers.remove(ErrorHeaders.STACK_TRACE);
        }
        if (value != null && RecordSize.of(key, value, headers) > maxRecordBytes) {
            add(headers, ErrorHeaders.VALUE_SHA256, Sha256.hex(value));
            add(headers, ErrorHeaders.VALUE_BYTES, Integer.toString(value.length));
            value = null;
        }
        if (RecordSize.of(key, value, headers) > maxRecordBytes) {
            Headers kept = new RecordHeaders();
            describe(kept, input, rejection);
            for (String name : new String[] {ErrorHeaders.VALUE_SHA256, ErrorHeaders.VALUE_BYTES}) {
                if (headers.lastHeader(name) != null) {
                    kept.add(headers.lastHeader(name));
                }
            }
            add(
                    kept,
                    ErrorHeaders.HEADERS_DROPPED,
                    Integer.toString(record.headers().toArray().length));
            headers = kept;
        }
        if (key != null && RecordSize.of(key, value, headers) > maxRecordBytes) {
            add(headers, ErrorHeaders.KEY_SHA256, Sha256.hex(key));
            key = null;
        }
        Output output = new Output(value, input.partition().partition());
        return new Record<>(key, output, record.timestamp(), headers);
    }

    private void describe(Headers headers, InputRecord input, RejectedRecordException rejection) {
        Throwable cause = rejection.getCause() == null ? rejection : rejection.getCause();
        add(headers, ErrorHeaders.EXCEPTION, cause.getClass().getName());
        add(headers, ErrorHeaders.MESSAGE, shorten(rejection.getMessage()));
        if (stackTraces) {
            StringWriter trace = new StringWriter();
            rejection.printStackTrace(new PrintWriter(trace));
            add(headers, ErrorHeaders.STACK_TRACE, trace.toString());
        }
        add(headers, ErrorHeaders.TOPIC, input.partition().topic());
        add(headers, ErrorHeaders.PARTITION, Integer.toString(input.partition().partition()));
        add(headers, ErrorHeaders.OFFSET, Long.toString(input.offset()));
        add(headers, ErrorHeaders.REASON, rejection.reason().tag());
    }

    private static String shorten(@Nullable String message) {
        String text = String.valueOf(message);
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static void add(Headers headers, String name, String value) {
        // A replayed dead letter that fails again says so once.
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
