package io.hedgerow.it;

import io.hedgerow.EncodedImage;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RawTensor;
import io.hedgerow.TensorType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a record, and what is said of it. */
enum Poison {
    NOTHING("null_value", event -> event, bytes -> null),
    GARBAGE("malformed", event -> event, bytes -> new byte[] {1, 2, 3}),
    UNKNOWN_SCHEMA("malformed", event -> event, bytes -> {
        byte[] changed = bytes.clone();
        changed[1] = 99;
        return changed;
    }),
    CUT_OFF("malformed", event -> event, bytes -> Arrays.copyOf(bytes, bytes.length / 2)),
    OTHER_MODEL("unknown_model", event -> event.setModel(new ModelRef("none", "")), bytes -> bytes),
    NO_SUCH_CLASS("bad_class", event -> event.setClasses(List.of(99)), bytes -> bytes),
    STEEP("bad_ratio", event -> event.setRatio(7f), bytes -> bytes),
    OTHER_METHOD("bad_method", event -> event.setMethod("magic"), bytes -> bytes),
    NO_PICTURE(
            "bad_image",
            event -> event.setImage(new EncodedImage(ByteBuffer.wrap(new byte[] {(byte) 0xff, 1, 2}), "image/jpeg")),
            bytes -> bytes),
    OTHER_SHAPE(
            "bad_tensor",
            event -> event.setImage(new RawTensor(TensorType.UINT8, List.of(2, 2, 3), ByteBuffer.allocate(12))),
            bytes -> bytes);

    /** Of the dead letter. */
    final String reason;

    private final Function<PredictionEvent.Builder, PredictionEvent.Builder> event;
    private final Function<byte[], byte @Nullable []> value;

    Poison(
            String reason,
            Function<PredictionEvent.Builder, PredictionEvent.Builder> event,
            Function<byte[], byte @Nullable []> value) {
        this.reason = reason;
        this.event = event;
        this.value = value;
    }

    /** A record's value, made of an event that nothing is wrong with. */
    byte @Nullable [] of(PredictionEvent.Builder good, Function<PredictionEvent, byte[]> serializer) {
        return value.apply(serializer.apply(event.apply(good).build()));
    }
}
