package io.hedgerow.monitor.stream;

import io.hedgerow.Agreement;
import io.hedgerow.AttributionMap;
import io.hedgerow.ClassExplanation;
import io.hedgerow.ExplainedImage;
import io.hedgerow.Explanation;
import io.hedgerow.MapStatistics;
import io.hedgerow.MapTransform;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionCheck;
import io.hedgerow.RecordInput;
import io.hedgerow.Timings;
import io.hedgerow.monitor.RecordedMaps;
import io.hedgerow.monitor.profile.Grid;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Explanations as they lie in their topic, with maps that were recorded. */
public final class Explanations {
    private static final RecordedMaps MAPS = new RecordedMaps();

    private Explanations() {}

    /**
     * Ten events a second; a quarter of them are stains, and after the change nine tenths.
     *
     * @param start event time of the first
     */
    public static List<Explanation> stream(Instant start, int events, int changed) {
        Random random = new Random(7);
        List<Explanation> stream = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            boolean stain = random.nextInt(100) < (i >= changed ? 90 : 25);
            String label = stain ? "stain" : RecordedMaps.CLASSES.get(random.nextInt(3));
            List<Grid> maps = MAPS.of(label);
            stream.add(explanation(
                    "part-" + i,
                    start.plusMillis(100L * i),
                    label,
                    maps.get(random.nextInt(maps.size())),
                    new RecordInput("prediction-events", 0, (long) i)));
        }
        return stream;
    }

    static Explanation explanation(String id, Instant time, String label, Grid map, RecordInput input) {
        byte[] values = new byte[Grid.CELLS];
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = (byte) (map.square(cell) / 512);
        }
        int classIndex = RecordedMaps.CLASSES.indexOf(label);
        return Explanation.newBuilder()
                .setEventId(id)
                .setTime(time)
                .setModel(MergeRig.MODEL.model())
                .setImage(new ExplainedImage("cd".repeat(32), 64, 64, null))
                .setPrediction(
                        new PredictionCheck(null, new Prediction(classIndex, label, 0.8f), null, Agreement.AGREES))
                .setClasses(List.of(new ClassExplanation(
                        classIndex,
                        label,
                        4f,
                        0.8f,
                        new AttributionMap(
                                Grid.SIDE,
                                Grid.SIDE,
                                0.01f,
                                ByteBuffer.wrap(values),
                                1,
                                new MapTransform(4.0, 0.0, 4.0, 0.0)),
                        List.of(),
                        List.of(),
                        new MapStatistics(0f, 1f, null, null, null, null, null))))
                .setMethod(MergeRig.MODEL.method())
                .setTimings(new Timings(1L, 1L, 1L, 1))
                .setPredictionKind("probability")
                .setInputs(List.of(input))
                .build();
    }
}
