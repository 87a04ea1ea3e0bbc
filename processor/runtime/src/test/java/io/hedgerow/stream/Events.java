package io.hedgerow.stream;

import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RawTensor;
import io.hedgerow.TensorType;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Prediction events for the simulated model, right in all respects unless a test changes one. */
public final class Events {
    static final String MODEL = "bands";
    static final int CLASSES = 4;
    static final TensorSpec INPUT = new TensorSpec(8, 6, 1, ElementType.FLOAT32);

    private Events() {}

    /** Asks for the explanation of an image that is {@code value} everywhere but 1 brighter in {@code band}. */
    public static PredictionEvent event(String id, int band, float value) {
        return PredictionEvent.newBuilder()
                .setId(id)
                .setTime(Instant.ofEpochMilli(1_700_000_000_000L))
                .setSource("camera-1")
                .setModel(new ModelRef(MODEL, ""))
                .setImage(tensor(band, value))
                .setPredictions(List.of())
                .setClasses(List.of())
                .setRatio(null)
                .setAttributes(Map.of())
                .build();
    }

    public static PredictionEvent event(String id) {
        return event(id, 2, 0.5f);
    }

    static RawTensor tensor(int band, float value) {
        ByteBuffer data = ByteBuffer.allocate(INPUT.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < INPUT.height(); row++) {
            for (int column = 0; column < INPUT.width(); column++) {
                data.putFloat(row * CLASSES / INPUT.height() == band ? value + 1 : value);
            }
        }
        return new RawTensor(TensorType.FLOAT32, List.of(INPUT.height(), INPUT.width(), INPUT.channels()), data.flip());
    }

    static Prediction prediction(int index, float score) {
        return new Prediction(index, "", score);
    }
}
