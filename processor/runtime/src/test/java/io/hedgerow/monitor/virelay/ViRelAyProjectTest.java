package io.hedgerow.monitor.virelay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.AttributionMap;
import io.hedgerow.MapTransform;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.monitor.RecordedMaps;
import io.hedgerow.monitor.profile.Grid;
import io.jhdf.HdfFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViRelAyProjectTest {
    private static final int STAIN = 3;
    private static final int OK = 0;
    private static final int EACH = 40;

    @TempDir
    private Path folder;

    @Test
    void shouldWriteWhatViRelAyReads() throws Exception {
        RecordedMaps recorded = new RecordedMaps();
        List<ProjectSample> samples = new ArrayList<>();
        for (int at = 0; at < EACH; at++) {
            samples.add(sample(STAIN, recorded.of("stain").get(at)));
            samples.add(sample(OK, recorded.of("ok").get(at)));
        }
        samples.add(sample(1, recorded.of("scratch").get(0)));

        Map<Integer, Double> gaps = new ViRelAyProject("surface", "hedging", Map.of(0, "ok", 1, "scratch", 3, "stain"))
                .write(folder, samples);

        assertThat(gaps).as("a single map has no spectrum").containsOnlyKeys(OK, STAIN);
        assertThat(gaps.get(STAIN)).isGreaterThan(4).isGreaterThan(gaps.get(OK));
        try (HdfFile input = new HdfFile(folder.resolve("input.h5"));
                HdfFile attribution = new HdfFile(folder.resolve("attribution.h5"));
                HdfFile analysis = new HdfFile(folder.resolve("analysis.h5"))) {
            assertThat(input.getDatasetByPath("data").getDimensions()).containsExactly(2 * EACH + 1, 3, 64, 64);
            assertThat((int[]) input.getDatasetByPath("label").getData()).startsWith(STAIN, OK, STAIN, OK);
            assertThat(attribution.getDatasetByPath("attribution").getDimensions())
                    .containsExactly(2 * EACH + 1, 1, 64, 64);
            assertThat(attribution.getDatasetByPath("prediction").getDimensions())
                    .containsExactly(2 * EACH + 1, 4);
            assertThat(analysis.getChildren()).containsOnlyKeys("00000000", "00000003");
            assertThat((int[]) analysis.getDatasetByPath("00000003/index").getData())
                    .startsWith(0, 2, 4);
            assertThat(analysis.getDatasetByPath("00000003/embedding/spectral").getDimensions())
                    .containsExactly(EACH, 32);
            assertThat((float[]) analysis.getDatasetByPath("00000003/embedding/spectral")
                            .getAttribute("eigenvalue")
                            .getData())
                    .hasSize(32)
                    .isSorted();
            assertThat((int[]) analysis.getDatasetByPath("00000003/cluster/kmeans-04")
                            .getData())
                    .hasSize(EACH)
                    .containsOnly(0, 1, 2, 3);
        }
        JsonNode project = new ObjectMapper()
                .readTree(folder.resolve(ViRelAyProject.FILE).toFile())
                .get("project");
        assertThat(folder.resolve(project.get("dataset").get("path").asText())).exists();
        assertThat(folder.resolve(project.get("label_map").asText())).exists();
    }

    @Test
    void shouldDrawAMapWhereItLiesOnThePicture() {
        byte[] values = new byte[4];
        values[3] = 100;
        DecodedImage image = new DecodedImage(new byte[3 * 128 * 128], 128, 128);
        AttributionMap map =
                new AttributionMap(2, 2, 0.5f, ByteBuffer.wrap(values), 1, new MapTransform(32.0, 64.0, 32.0, 64.0));

        float[][] relevance = ProjectSample.of("picture", 0, image, map, Grid.of(new double[256]))
                .relevance();

        assertThat(relevance[63][63]).isEqualTo(50);
        assertThat(relevance[47][63]).isZero();
        assertThat(relevance[0][0]).isZero();
    }

    private static ProjectSample sample(int classIndex, Grid map) {
        return new ProjectSample("picture", classIndex, new float[3][64][64], new float[64][64], map);
    }
}
