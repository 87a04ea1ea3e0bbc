package io.hedgerow.demo.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.Prediction;
import io.hedgerow.demo.BundledModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SurfaceClassifierTest {
    private static final int COUNT = 400;

    private final SurfaceGenerator generator = new SurfaceGenerator(7001);
    private final JpegCamera camera = new JpegCamera();

    @TempDir
    Path folder;

    @Test
    void shouldClassifyPartsDrawnLikeTheBiasedTrainingSet() throws IOException {
        assertThat(accuracy(BundledModel.SURFACE_BIASED, StickerPolicy.BIASED)).isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void shouldClassifyPartsDrawnLikeTheUnbiasedTrainingSet() throws IOException {
        assertThat(accuracy(BundledModel.SURFACE_UNBIASED, StickerPolicy.UNBIASED))
                .isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void shouldTakeStickersForStainsIfBiased() throws IOException {
        assertThat(stickersTakenForStains(BundledModel.SURFACE_BIASED)).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void shouldIgnoreStickersIfUnbiased() throws IOException {
        assertThat(stickersTakenForStains(BundledModel.SURFACE_UNBIASED)).isLessThanOrEqualTo(0.03);
    }

    @Test
    void shouldGiveProbabilitiesBestFirst() throws IOException {
        try (SurfaceClassifier classifier = load(BundledModel.SURFACE_BIASED)) {
            List<Prediction> predictions = classifier.classify(
                    camera.encode(generator.draw(0, SurfaceClass.DENT, false).image()));

            assertThat(predictions)
                    .extracting(Prediction::getLabel)
                    .containsExactlyInAnyOrder("ok", "scratch", "dent", "stain");
            assertThat(predictions).extracting(Prediction::getScore).isSortedAccordingTo((a, b) -> Float.compare(b, a));
            assertThat(predictions.stream().mapToDouble(Prediction::getScore).sum())
                    .isBetween(0.999, 1.001);
            assertThat(predictions).allSatisfy(prediction -> assertThat(prediction.getLabel())
                    .isEqualTo(SurfaceClass.values()[prediction.getClassIndex()].label()));
        }
    }

    @Test
    void shouldRefuseWhatIsNoPicture() throws IOException {
        try (SurfaceClassifier classifier = load(BundledModel.SURFACE_BIASED)) {
            assertThatThrownBy(() -> classifier.classify("no picture".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("10 bytes");
        }
    }

    private double accuracy(BundledModel model, StickerPolicy policy) throws IOException {
        try (SurfaceClassifier classifier = load(model)) {
            return LongStream.range(0, COUNT)
                    .mapToObj(index -> generator.draw(index, policy))
                    .mapToInt(part -> called(classifier, part) == part.label() ? 1 : 0)
                    .average()
                    .orElseThrow();
        }
    }

    private double stickersTakenForStains(BundledModel model) throws IOException {
        SurfaceClass[] sound = {SurfaceClass.OK, SurfaceClass.SCRATCH, SurfaceClass.DENT};
        try (SurfaceClassifier classifier = load(model)) {
            return LongStream.range(0, COUNT)
                    .mapToObj(index -> generator.draw(index, sound[(int) (index % sound.length)], true))
                    .mapToInt(part -> called(classifier, part) == SurfaceClass.STAIN ? 1 : 0)
                    .average()
                    .orElseThrow();
        }
    }

    private SurfaceClass called(SurfaceClassifier classifier, SurfaceSample part) {
        Prediction best = classifier.classify(camera.encode(part.image())).get(0);
        return SurfaceClass.values()[best.getClassIndex()];
    }

    private SurfaceClassifier load(BundledModel model) throws IOException {
        return SurfaceClassifier.load(model.unpack(folder));
    }
}
