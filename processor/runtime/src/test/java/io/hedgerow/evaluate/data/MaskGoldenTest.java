package io.hedgerow.evaluate.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Against pycocotools; {@code deploy/fixtures/evaluation.py} made the file. */
class MaskGoldenTest {
    private final JsonNode golden;

    MaskGoldenTest() throws IOException {
        golden = new ObjectMapper().readTree(new File("src/test/resources/golden/evaluation/masks.json"));
    }

    @Test
    void shouldReadBothKindsOfRunLengthsAsCocosOwnTools() throws Exception {
        for (JsonNode one : golden.path("run_lengths")) {
            int height = one.path("height").asInt();
            int width = one.path("width").asInt();
            int[] counts = new int[one.path("counts").size()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = one.path("counts").get(i).asInt();
            }
            Mask plain = new Mask(width, height);
            RunLengthOutline.of(height, width, counts).paint(plain);
            Mask compressed = new Mask(width, height);
            RunLengthOutline.of(height, width, one.path("text").asText()).paint(compressed);

            for (int y = 0; y < height; y++) {
                String row = one.path("rows").get(y).asText();
                for (int x = 0; x < width; x++) {
                    assertThat(plain.get(x, y)).isEqualTo(row.charAt(x) == '1');
                    assertThat(compressed.get(x, y)).isEqualTo(row.charAt(x) == '1');
                }
            }
        }
        assertThat(golden.path("run_lengths")).hasSize(40);
    }

    @Test
    void shouldFillPolygonsAlmostAsCocosOwnTools() throws Exception {
        for (JsonNode one : golden.path("polygons")) {
            int height = one.path("height").asInt();
            int width = one.path("width").asInt();
            float[] points = new float[one.path("points").size()];
            for (int i = 0; i < points.length; i++) {
                points[i] = (float) one.path("points").get(i).asDouble();
            }
            Mask own = new Mask(width, height);
            new PolygonOutline(points).paint(own);
            Mask theirs = new Mask(width, height);
            RunLengthOutline.of(height, width, one.path("text").asText()).paint(theirs);
            int both = 0;
            int either = 0;
            for (int pixel = 0; pixel < width * height; pixel++) {
                both += own.get(pixel) && theirs.get(pixel) ? 1 : 0;
                either += own.get(pixel) || theirs.get(pixel) ? 1 : 0;
            }

            assertThat(both / (double) either).isGreaterThan(0.99);
        }
    }
}
