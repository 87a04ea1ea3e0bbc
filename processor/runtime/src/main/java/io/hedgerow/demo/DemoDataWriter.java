package io.hedgerow.demo;

import io.hedgerow.demo.surface.StickerPolicy;
import io.hedgerow.demo.surface.SurfaceGenerator;
import io.hedgerow.demo.surface.SurfaceSample;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.IntConsumer;
import javax.imageio.ImageIO;

/**
 * Writes a set of labelled pictures: {@code images/000000.png}, the defect's mask of the same name in {@code masks},
 * the sticker's in {@code stickers} (white where it is), and {@code labels.csv} with the columns {@code file},
 * {@code label} and {@code stickered}.
 */
public final class DemoDataWriter {
    private final SurfaceGenerator generator;
    private final StickerPolicy policy;

    public DemoDataWriter(SurfaceGenerator generator, StickerPolicy policy) {
        this.generator = generator;
        this.policy = policy;
    }

    /**
     * Writes the set's first {@code count} pictures.
     *
     * @param folder made if need be; files of the same names are replaced
     * @param count how many pictures, at least 1
     * @param progress told how many are written, after each
     * @throws IOException if a file can't be written
     */
    public void write(Path folder, int count, IntConsumer progress) throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        Path masks = Files.createDirectories(folder.resolve("masks"));
        Path stickers = Files.createDirectories(folder.resolve("stickers"));
        try (BufferedWriter labels = Files.newBufferedWriter(folder.resolve("labels.csv"))) {
            labels.write("file,label,stickered\n");
            for (int i = 0; i < count; i++) {
                SurfaceSample sample = generator.draw(i, policy);
                String file = String.format(Locale.ROOT, "%06d.png", i);
                write(sample.image(), images.resolve(file));
                write(picture(sample.defectMask()), masks.resolve(file));
                write(picture(sample.stickerMask()), stickers.resolve(file));
                labels.write(file + "," + sample.label().label() + "," + sample.stickered() + "\n");
                progress.accept(i + 1);
            }
        }
    }

    private static void write(BufferedImage image, Path file) throws IOException {
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("no PNG writer in this Java runtime for " + file);
        }
    }

    private static BufferedImage picture(BitSet mask) {
        int size = SurfaceGenerator.SIZE;
        BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        mask.stream().forEach(pixel -> picture.getRaster().setSample(pixel % size, pixel / size, 0, 255));
        return picture;
    }
}
