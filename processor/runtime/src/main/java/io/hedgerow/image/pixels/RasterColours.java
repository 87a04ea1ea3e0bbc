package io.hedgerow.image.pixels;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/**
 * RGB of what the JDK's readers return, from the stored samples: asking the picture itself would apply colour profiles
 * and gamma, which no classifier's pipeline does. Alpha is dropped.
 */
public final class RasterColours {
    private final int[] shifts;
    private final int[] maxima;

    private RasterColours(Raster raster) {
        shifts = new int[raster.getNumBands()];
        maxima = new int[raster.getNumBands()];
        for (int band = 0; band < shifts.length; band++) {
            int bits = raster.getSampleModel().getSampleSize(band);
            shifts[band] = Math.max(0, bits - 8);
            maxima[band] = bits < 8 ? (1 << bits) - 1 : 255;
        }
    }

    public static byte[] toRgb(BufferedImage picture) {
        Raster raster = picture.getRaster();
        if (picture.getColorModel() instanceof IndexColorModel palette) {
            return ofPalette(raster, palette);
        }
        return new RasterColours(raster).ofSamples(raster);
    }

    /** The levels of 16-bit greyscale; null if the picture is anything else. */
    public static char @Nullable [] deepGrey(BufferedImage picture) {
        Raster raster = picture.getRaster();
        if (raster.getNumBands() > 2 || raster.getSampleModel().getSampleSize(0) != Character.SIZE) {
            return null;
        }
        int width = raster.getWidth();
        char[] levels = new char[width * raster.getHeight()];
        int[] row = new int[width];
        for (int y = 0, to = 0; y < raster.getHeight(); y++) {
            for (int level : raster.getSamples(0, y, width, 1, 0, row)) {
                levels[to++] = (char) level;
            }
        }
        return levels;
    }

    private static byte[] ofPalette(Raster raster, IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        int width = raster.getWidth();
        byte[] rgb = new byte[width * raster.getHeight() * 3];
        int[] row = new int[width];
        for (int y = 0, to = 0; y < raster.getHeight(); y++) {
            for (int index : raster.getSamples(0, y, width, 1, 0, row)) {
                int colour = index < colours.length ? colours[index] : 0;
                rgb[to++] = (byte) (colour >> 16);
                rgb[to++] = (byte) (colour >> 8);
                rgb[to++] = (byte) colour;
            }
        }
        return rgb;
    }

    private byte[] ofSamples(Raster raster) {
        int width = raster.getWidth();
        int bands = shifts.length;
        boolean colour = bands >= 3;
        byte[] rgb = new byte[width * raster.getHeight() * 3];
        int[] row = new int[width * bands];
        for (int y = 0, to = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int from = 0; from < row.length; from += bands) {
                rgb[to++] = eightBits(row[from], 0);
                rgb[to++] = colour ? eightBits(row[from + 1], 1) : rgb[to - 2];
                rgb[to++] = colour ? eightBits(row[from + 2], 2) : rgb[to - 2];
            }
        }
        return rgb;
    }

    private byte eightBits(int sample, int band) {
        return (byte) ((sample >> shifts[band]) * 255 / maxima[band]);
    }
}
