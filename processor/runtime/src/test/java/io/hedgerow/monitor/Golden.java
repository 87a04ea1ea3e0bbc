package io.hedgerow.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.Landmarks;
import io.hedgerow.monitor.reference.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.StreamSupport;

/** What an implementation in Python made of the recorded maps: deploy/fixtures/monitor.py. */
public final class Golden {
    private final JsonNode root;

    public Golden() {
        try (InputStream file = Golden.class.getResourceAsStream("/monitor/golden.json")) {
            root = new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode get(String name) {
        return root.get(name);
    }

    public double[] numbers(String name) {
        return numbers(root.get(name));
    }

    public static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    public Landmarks landmarks() {
        float[][] prototypes = StreamSupport.stream(root.get("prototypes").spliterator(), false)
                .map(prototype -> floats(numbers(prototype)))
                .toArray(float[][]::new);
        return new Landmarks(
                floats(numbers("mean")), prototypes, root.get("radius").asDouble());
    }

    public Limits limits() {
        return new Limits(unknown(numbers("high")), unknown(numbers("low")), unknown(numbers("high")));
    }

    /** With more features, confidence and scores, which recorded maps don't have. */
    private static double[] unknown(double[] limits) {
        double[] all = Arrays.copyOf(limits, Features.COUNT);
        Arrays.fill(all, Features.CONFIDENCE, Features.COUNT, Double.NaN);
        return all;
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int at = 0; at < floats.length; at++) {
            floats[at] = (float) numbers[at];
        }
        return floats;
    }
}
