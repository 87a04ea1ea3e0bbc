package io.hedgerow.monitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Example;
import io.hedgerow.RecordInput;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.monitor.profile.Grid;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    @Test
    void shouldDrawEvenANoisyPictureSmallAndItsEvidenceWhereItLies() throws Exception {
        Example example = example();
        double[] relevance = new double[Grid.CELLS];
        relevance[2 * Grid.SIDE + 12] = 1;

        evidence(noise(1_200, 800)).draw(example, Grid.of(relevance), new Frame(0, 0, 1, 1));

        byte[] file = new byte[example.getThumbnail().remaining()];
        example.getThumbnail().duplicate().get(file);
        assertThat(file).hasSizeLessThanOrEqualTo(Evidence.MOST_BYTES);
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(picture.getWidth()).isEqualTo(160);
        assertThat(picture.getHeight()).isEqualTo(107);
        assertThat(warmth(picture, 125, 16)).isGreaterThan(warmth(picture, 30, 80) + 40);
    }

    @Test
    void shouldLeaveAnExampleAsItIsIfItsPictureIsGone() {
        Example example = example();

        evidence(null).draw(example, null, null);

        assertThat(example.getThumbnail()).isNull();
    }

    private static Evidence evidence(BufferedImage picture) {
        return new Evidence(new Pictures() {
            @Override
            public Optional<DecodedImage> find(RecordInput input) {
                return Optional.ofNullable(picture).map(DecodedImage::of);
            }

            @Override
            public void close() {}
        });
    }

    private static Example example() {
        return new Example("part-1", Instant.EPOCH, new RecordInput("prediction-events", 0, 1L), null);
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        return picture;
    }

    private static double warmth(BufferedImage picture, int x, int y) {
        double sum = 0;
        for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
                int rgb = picture.getRGB(x + dx, y + dy);
                sum += ((rgb >> 16) & 255) - (rgb & 255);
            }
        }
        return sum / 25;
    }
}
