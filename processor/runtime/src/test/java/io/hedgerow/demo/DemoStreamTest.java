package io.hedgerow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.EncodedImage;
import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.surface.SurfaceClass;
import io.hedgerow.demo.surface.SurfaceGenerator;
import io.hedgerow.demo.surface.SurfaceSample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class DemoStreamTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final long HALF = 200;

    private final ModelRef model = new ModelRef("surface-biased", "1");
    private final DemoStream stream = stream(3);

    @Test
    void shouldPutStickersOnStainedPartsOnlyBeforeTheNewRule() {
        Map<SurfaceClass, Double> shares = stickeredShares(0, HALF);

        assertThat(shares.remove(SurfaceClass.STAIN)).isGreaterThan(0.85).isLessThan(1);
        assertThat(shares).hasSize(3).allSatisfy((label, share) -> assertThat(share)
                .isZero());
    }

    @Test
    void shouldPutStickersOnEveryKindOfPartAfterTheNewRule() {
        assertThat(stickeredShares(HALF, 2 * HALF)).hasSize(4).allSatisfy((label, share) -> assertThat(share)
                .isBetween(0.85, 1.0));
    }

    @Test
    void shouldSayWhichPartWasSeenWhenByWhat() {
        PredictionEvent event = stream.event(5).event();

        assertThat(event.getId()).isEqualTo("part-5");
        assertThat(event.getSource()).isEqualTo("line-2");
        assertThat(event.getTime()).isEqualTo(NOW);
        assertThat(event.getModel()).isEqualTo(model);
    }

    @Test
    void shouldTellTheTruthInTheAttributes() {
        LongStream.range(0, 50).mapToObj(stream::event).forEach(event -> assertThat(
                        event.event().getAttributes())
                .containsEntry(DemoStream.TRUTH, event.part().label().label())
                .containsEntry(DemoStream.STICKERED, String.valueOf(event.part().stickered())));
    }

    @Test
    void shouldSendTheVeryFileThatTheClassifierSaw() {
        PredictionEvent event = stream.event(1).event();

        assertThat(event.getPredictions()).containsExactly(new Prediction(0, "ok", checksum(file(event))));
    }

    @Test
    void shouldSendAJpegThatLooksLikeThePart() throws IOException {
        DemoEvent event = stream.event(1);

        assertThat(((EncodedImage) event.event().getImage()).getMediaType()).isEqualTo("image/jpeg");
        assertThat(meanDifference(ImageIO.read(new ByteArrayInputStream(file(event.event()))), event.part()))
                .isBetween(0.01, 6.0);
    }

    @Test
    void shouldRepeatItselfWithTheSameSeedOnly() {
        assertThat(file(stream(3).event(2).event()))
                .isEqualTo(file(stream.event(2).event()));
        assertThat(file(stream(4).event(2).event()))
                .isNotEqualTo(file(stream.event(2).event()));
    }

    private DemoStream stream(long seed) {
        return new DemoStream(
                seed,
                HALF,
                model,
                file -> List.of(new Prediction(0, "ok", checksum(file))),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Map<SurfaceClass, Double> stickeredShares(long from, long to) {
        Map<SurfaceClass, double[]> counts = new EnumMap<>(SurfaceClass.class);
        for (long index = from; index < to; index++) {
            SurfaceSample part = stream.event(index).part();
            double[] count = counts.computeIfAbsent(part.label(), label -> new double[2]);
            count[0] += part.stickered() ? 1 : 0;
            count[1]++;
        }
        Map<SurfaceClass, Double> shares = new EnumMap<>(SurfaceClass.class);
        counts.forEach((label, count) -> shares.put(label, count[0] / count[1]));
        return shares;
    }

    private static byte[] file(PredictionEvent event) {
        return ((EncodedImage) event.getImage()).getData().array();
    }

    private static float checksum(byte[] file) {
        return Arrays.hashCode(file);
    }

    private static double meanDifference(BufferedImage image, SurfaceSample part) {
        assertThat(image.getWidth()).isEqualTo(SurfaceGenerator.SIZE);
        assertThat(image.getHeight()).isEqualTo(SurfaceGenerator.SIZE);
        byte[] pixels = part.pixels();
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            int pixel = i / 3;
            int level =
                    image.getRaster().getSample(pixel % SurfaceGenerator.SIZE, pixel / SurfaceGenerator.SIZE, i % 3);
            sum += Math.abs(level - (pixels[i] & 0xFF));
        }
        return sum / pixels.length;
    }
}
