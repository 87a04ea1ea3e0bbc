package io.hedgerow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.demo.surface.StickerPolicy;
import io.hedgerow.demo.surface.SurfaceGenerator;
import io.hedgerow.demo.surface.SurfaceSample;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoDataWriterTest {
    private static final int COUNT = 24;

    private final SurfaceGenerator generator = new SurfaceGenerator(11);
    private final List<Integer> progress = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        new DemoDataWriter(generator, StickerPolicy.UNBIASED).write(folder.resolve("set"), COUNT, progress::add);
    }

    @Test
    void shouldWriteEveryPictureAsItWasDrawn() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            BufferedImage written = ImageIO.read(file("images", i));
            BufferedImage drawn = sample(i).image();

            assertThat(colours(written)).isEqualTo(colours(drawn));
        }
    }

    @Test
    void shouldWriteTheMasksOfDefectAndSticker() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            assertThat(white(ImageIO.read(file("masks", i))))
                    .isEqualTo(sample(i).defectMask());
            assertThat(white(ImageIO.read(file("stickers", i))))
                    .isEqualTo(sample(i).stickerMask());
        }
    }

    @Test
    void shouldListWhatEachPictureShows() throws IOException {
        List<String> expected = new ArrayList<>(List.of("file,label,stickered"));
        for (int i = 0; i < COUNT; i++) {
            SurfaceSample sample = sample(i);
            expected.add(String.format("%06d.png,%s,%b", i, sample.label().label(), sample.stickered()));
        }

        assertThat(Files.readAllLines(folder.resolve("set/labels.csv"))).isEqualTo(expected);
    }

    @Test
    void shouldTellHowManyAreWritten() {
        assertThat(progress).hasSize(COUNT).startsWith(1, 2).endsWith(COUNT).isSorted();
    }

    private SurfaceSample sample(int index) {
        return generator.draw(index, StickerPolicy.UNBIASED);
    }

    private File file(String kind, int index) {
        return folder.resolve("set")
                .resolve(kind)
                .resolve(String.format("%06d.png", index))
                .toFile();
    }

    private static int[] colours(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static BitSet white(BufferedImage mask) {
        BitSet pixels = new BitSet();
        int[] colours = colours(mask);
        for (int i = 0; i < colours.length; i++) {
            assertThat(colours[i]).isIn(0xFF000000, 0xFFFFFFFF);
            pixels.set(i, colours[i] == 0xFFFFFFFF);
        }
        return pixels;
    }
}
