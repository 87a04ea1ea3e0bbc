package io.hedgerow.stream;

import io.hedgerow.record.Output;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Unwraps what was serialised, and measured, before it was forwarded. */
final class OutputSerializer implements Serializer<Output> {
    @Override
    public byte @Nullable [] serialize(String topic, Output output) {
        return output.value();
    }
}
