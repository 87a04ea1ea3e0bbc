package io.hedgerow.evaluate.data;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small pictures and masks for data sets of tests. */
final class Pictures {
    private Pictures() {}

    static void write(Path file, int width, int height) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, 0xff8800);
        write(picture, file.toFile());
    }

    /** A mask whose pixels in a rectangle have a value, all others 0. */
    static void mask(Path file, BufferedImage mask, int value, int x, int y, int width, int height) throws IOException {
        Files.createDirectories(file.getParent());
        for (int row = y; row < y + height; row++) {
            for (int column = x; column < x + width; column++) {
                mask.getRaster().setSample(column, row, 0, value);
            }
        }
        write(mask, file.toFile());
    }

    private static void write(BufferedImage picture, File file) throws IOException {
        if (!ImageIO.write(picture, "png", file)) {
            throw new IOException("no writer for " + file);
        }
    }

    /** The pixels of the first object, as rows of ones and zeros separated by slashes. */
    static String shape(Sample sample, int width, int height) throws BadDataException {
        Mask mask = new Mask(width, height);
        sample.annotations().objects().get(0).outline().paint(mask);
        StringBuilder rows = new StringBuilder();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rows.append(mask.get(x, y) ? '1' : '0');
            }
            rows.append(y + 1 < height ? "/" : "");
        }
        return rows.toString();
    }
}
