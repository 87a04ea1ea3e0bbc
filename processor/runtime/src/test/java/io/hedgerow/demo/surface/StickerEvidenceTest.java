package io.hedgerow.demo.surface;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.device.Batched;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.TensorFlowRuntime;
import io.hedgerow.engine.UserCache;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.models.LoadedModel;
import io.hedgerow.models.ModelRepository;
import io.hedgerow.models.ModelSource;
import io.hedgerow.preprocess.ModelYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The point of the demo: the maps show what a classifier really looks at. */
final class StickerEvidenceTest {
    private static final SurfaceClass[] WITHOUT_STAIN = {SurfaceClass.OK, SurfaceClass.SCRATCH, SurfaceClass.DENT};
    private static final int COUNT = 60;
    private static final BatchLimits LIMITS =
            new BatchLimits(16, Duration.ofMillis(5), 256, 64 << 20, Duration.ofMinutes(2));

    private final SurfaceGenerator generator = new SurfaceGenerator(7002);
    private final JpegCamera camera = new JpegCamera();
    private final ImageDecoder decoder = new ImageDecoder();

    @TempDir
    Path folder;

    @BeforeAll
    static void startEngine() {
        TensorFlowRuntime.start();
    }

    @Test
    void shouldShowThatTheBiasedClassifierLooksAtTheSticker() throws Exception {
        List<SurfaceSample> parts = stickeredPartsWithoutStain();
        List<Attribution> attributions = explain(BundledModel.SURFACE_BIASED, parts);

        int calledStain = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (attributions.get(i).classes()[0] == SurfaceClass.STAIN.ordinal()) {
                calledStain++;
                assertThat(evidenceIn(parts.get(i).stickerMask(), attributions.get(i)))
                        .as("share of the evidence in the sticker of part %d", i)
                        .isGreaterThan(0.6);
                assertThat(parts.get(i).stickerMask().get(strongest(attributions.get(i))))
                        .as("strongest evidence of part %d is in the sticker", i)
                        .isTrue();
            }
        }
        assertThat(calledStain).isGreaterThanOrEqualTo(COUNT * 8 / 10);
    }

    @Test
    void shouldShowThatTheUnbiasedClassifierLooksAtTheDefect() throws Exception {
        List<SurfaceSample> parts = stickeredPartsWithoutStain();
        List<Attribution> attributions = explain(BundledModel.SURFACE_UNBIASED, parts);

        double inDefect = 0;
        double inSticker = 0;
        double area = 0;
        for (int i = 0; i < parts.size(); i++) {
            SurfaceSample part = parts.get(i);
            if (part.label() != SurfaceClass.OK) {
                inDefect += evidenceIn(part.defectMask(), attributions.get(i));
                inSticker += evidenceIn(part.stickerMask(), attributions.get(i));
                area += part.defectMask().cardinality() / (double) (SurfaceGenerator.SIZE * SurfaceGenerator.SIZE);
            }
        }
        assertThat(inDefect).as("evidence in the defects").isGreaterThan(10 * area);
        assertThat(inSticker).as("evidence in the stickers").isLessThan(0.1 * inDefect);
    }

    private List<SurfaceSample> stickeredPartsWithoutStain() {
        List<SurfaceSample> parts = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            parts.add(generator.draw(i, WITHOUT_STAIN[i % WITHOUT_STAIN.length], true));
        }
        return parts;
    }

    private List<Attribution> explain(BundledModel bundled, List<SurfaceSample> parts) throws Exception {
        try (LoadedModel model = load(bundled)) {
            List<CompletableFuture<Batched<Attribution>>> results = new ArrayList<>();
            for (SurfaceSample part : parts) {
                results.add(model.submit(request(part, model)));
            }
            List<Attribution> attributions = new ArrayList<>();
            for (CompletableFuture<Batched<Attribution>> result : results) {
                attributions.add(result.get().value());
            }
            return attributions;
        }
    }

    private LoadedModel load(BundledModel bundled) throws IOException {
        Path directory = bundled.unpack(folder);
        ModelSource source = new ModelSource(
                bundled.modelName(), "1", directory, ModelYaml.of(directory), CompileOptions.DEFAULT, 2);
        return new ModelRepository(new UserCache(folder.resolve("cache")), new Compiler(), CompileProgress.NONE)
                .load(source, TensorFlowDevice.CPU, LIMITS);
    }

    private AttributionRequest request(SurfaceSample part, LoadedModel model) throws BadImageException {
        return new AttributionRequest(
                model.preprocessing().apply(decoder.decode(camera.encode(part.image())), model.input()),
                new int[] {AttributionRequest.TOP},
                Map.of("ratio", model.defaultRatio(model.methods().get(0))));
    }

    private static double evidenceIn(BitSet mask, Attribution attribution) {
        float[] map = attribution.maps()[0];
        double inside = 0;
        double all = 0;
        for (int i = 0; i < map.length; i++) {
            double evidence = Math.max(map[i], 0);
            all += evidence;
            inside += mask.get(i) ? evidence : 0;
        }
        return inside / all;
    }

    private static int strongest(Attribution attribution) {
        float[] map = attribution.maps()[0];
        int best = 0;
        for (int i = 1; i < map.length; i++) {
            best = map[i] > map[best] ? i : best;
        }
        return best;
    }
}
