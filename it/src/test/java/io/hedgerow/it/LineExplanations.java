package io.hedgerow.it;

import io.hedgerow.Agreement;
import io.hedgerow.AttributionMap;
import io.hedgerow.ClassExplanation;
import io.hedgerow.ExplainedImage;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Explanation;
import io.hedgerow.MapStatistics;
import io.hedgerow.MapTransform;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionCheck;
import io.hedgerow.RecordInput;
import io.hedgerow.Timings;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Explanations of a line, ten a second: a quarter are stains, and after a change nine tenths, whose evidence lies in a corner then. */
final class LineExplanations {
    private static final int SIDE = 16;
    private static final int SPOT = 4;
    private static final List<String> LABELS = List.of("ok", "scratch", "dent", "stain");
    private static final int STAIN = 3;

    private LineExplanations() {}

    static List<Explanation> of(Instant start, int events, int changed) {
        Random random = new Random(7);
        List<Explanation> line = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            boolean stain = random.nextInt(100) < (i >= changed ? 90 : 25);
            int classIndex = stain ? STAIN : random.nextInt(STAIN);
            int place = i >= changed && stain ? 0 : SPOT + random.nextInt(SPOT);
            line.add(explanation("part-" + i, start.plusMillis(100L * i), classIndex, map(random, place), i));
        }
        return line;
    }

    /** A bright spot on noise. */
    private static byte[] map(Random random, int place) {
        byte[] map = new byte[SIDE * SIDE];
        for (int cell = 0; cell < map.length; cell++) {
            boolean inside = cell / SIDE >= place
                    && cell / SIDE < place + SPOT
                    && cell % SIDE >= place
                    && cell % SIDE < place + SPOT;
            map[cell] = (byte) (random.nextInt(20) + (inside ? 100 : 0));
        }
        return map;
    }

    private static Explanation explanation(String id, Instant time, int classIndex, byte[] map, long offset) {
        String label = LABELS.get(classIndex);
        return Explanation.newBuilder()
                .setEventId(id)
                .setTime(time)
                .setModel(new ExplainedModel("surface", "1", "a".repeat(64)))
                .setImage(new ExplainedImage("cd".repeat(32), 64, 64, null))
                .setPrediction(
                        new PredictionCheck(null, new Prediction(classIndex, label, 0.8f), null, Agreement.AGREES))
                .setClasses(List.of(new ClassExplanation(
                        classIndex,
                        label,
                        4f,
                        0.8f,
                        new AttributionMap(
                                SIDE, SIDE, 0.01f, ByteBuffer.wrap(map), 1, new MapTransform(4.0, 0.0, 4.0, 0.0)),
                        List.of(),
                        List.of(),
                        new MapStatistics(0f, 1f, null, null, null, null, null))))
                .setMethod(new Method("gradient-hedging", "1", 2f, "logits", Precision.FLOAT32, Map.of()))
                .setTimings(new Timings(1L, 1L, 1L, 1))
                .setPredictionKind("probability")
                .setScoreKind("probability")
                .setInputs(List.of(new RecordInput("line", 0, offset)))
                .build();
    }
}
