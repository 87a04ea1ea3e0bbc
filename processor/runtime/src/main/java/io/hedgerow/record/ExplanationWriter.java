package io.hedgerow.record;

import io.hedgerow.Explanation;
import io.hedgerow.event.Finding;
import io.hedgerow.event.InputRecord;
import io.hedgerow.event.Reason;
import io.hedgerow.event.RejectedRecordException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bytes of an explanation, within the record limit: where the maps are too fine for it they are coarsened by two
 * until the record fits, and each map says by how much. Thread-safe if its serializer is.
 */
public final class ExplanationWriter {
    private final ExplanationBuilder builder;
    private final Serializer<Explanation> serializer;
    private final String topic;
    private final int maxRecordBytes;

    public ExplanationWriter(
            ExplanationBuilder builder, Serializer<Explanation> serializer, String topic, int maxRecordBytes) {
        this.builder = builder;
        this.serializer = serializer;
        this.topic = topic;
        this.maxRecordBytes = maxRecordBytes;
    }

    /**
     * Makes the record of the explanation of {@code input}.
     *
     * @param key the record's key, which counts towards its size
     * @throws RejectedRecordException if the maps are not finite, or the record doesn't fit with maps of one cell, or it
     *     can't be serialised
     */
    public WrittenExplanation write(byte @Nullable [] key, InputRecord input, Finding.Explained explained)
            throws RejectedRecordException {
        int coarsest = Math.max(
                explained.result().value().mapHeight(),
                explained.result().value().mapWidth());
        int coarsening = 1;
        while (true) {
            Explanation explanation = build(input, explained, coarsening);
            byte[] value = serialize(explanation);
            long size = RecordSize.of(key, value, input.headers());
            if (size <= maxRecordBytes) {
                return new WrittenExplanation(explanation, value);
            }
            if (coarsening >= coarsest) {
                throw new RejectedRecordException(
                        Reason.TOO_LARGE,
                        "the explanation takes %d bytes even with maps of one cell; topic %s gets records of %d bytes at most"
                                .formatted(size, topic, maxRecordBytes));
            }
            coarsening *= 2;
        }
    }

    /** Whatever is wrong with one explanation must not stop all others. */
    private Explanation build(InputRecord input, Finding.Explained explained, int coarsening)
            throws RejectedRecordException {
        try {
            return builder.build(input, explained, coarsening);
        } catch (RuntimeException e) {
            throw new RejectedRecordException(Reason.NOT_EXPLAINABLE, "the explanation can't be made: " + e, e);
        }
    }

    private byte[] serialize(Explanation explanation) throws RejectedRecordException {
        try {
            return serializer.serialize(topic, explanation);
        } catch (SerializationException e) {
            throw new RejectedRecordException(Reason.NOT_EXPLAINABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
