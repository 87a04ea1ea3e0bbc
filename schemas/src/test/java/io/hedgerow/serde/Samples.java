package io.hedgerow.serde;

import io.hedgerow.EncodedImage;
import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

final class Samples {
    private Samples() {}

    static PredictionEvent event() {
        return PredictionEvent.newBuilder()
                .setId("part-1")
                .setTime(Instant.ofEpochMilli(1_700_000_000_123L))
                .setSource("line 2")
                .setModel(new ModelRef("surface", "7"))
                .setImage(new EncodedImage(ByteBuffer.wrap(new byte[] {1, 2, 3}), "image/png"))
                .setPredictions(List.of(new Prediction(2, "dent", 0.75f)))
                .setClasses(List.of(2, 0))
                .setRatio(1.5f)
                .setAttributes(Map.of("shift", "night"))
                .build();
    }
}
