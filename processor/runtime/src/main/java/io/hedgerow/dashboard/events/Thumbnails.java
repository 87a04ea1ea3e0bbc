package io.hedgerow.dashboard.events;

import io.hedgerow.ClassExplanation;
import io.hedgerow.attribution.Box;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.Pixels;
import io.hedgerow.image.resampling.PilBilinear;
import io.hedgerow.render.ExplanationOverlay;
import io.hedgerow.render.HeatMapRenderer;
import io.hedgerow.render.PictureFile;
import java.awt.image.BufferedImage;

/** Draws pictures for the page, always encoded anew: nothing of the bytes that an event brought is handed on. */
final class Thumbnails {
    /** Longer side of a thumbnail. */
    static final int SIDE = 160;

    /** Longer side of a whole picture. */
    private static final int LARGEST = 2048;

    private static final int EXACT_PIXELS = 512 * 512;
    private static final float QUALITY = 0.85f;
    private static final float FINE = 0.92f;

    private final HeatMapRenderer renderer = new HeatMapRenderer(SIDE);

    /** The picture, small: JPEG. */
    byte[] small(DecodedImage image) {
        return PictureFile.jpeg(scaled(image, SIDE), QUALITY);
    }

    /** The picture, small, under the map of one class: JPEG. */
    byte[] overlay(DecodedImage image, ClassExplanation explained) {
        return PictureFile.jpeg(renderer.render(ExplanationOverlay.of(explained, image, 0, "", "")), QUALITY);
    }

    /** The whole picture, smaller if it is larger than a screen: PNG where that is small, else JPEG. */
    byte[] whole(DecodedImage image) {
        BufferedImage picture = scaled(image, LARGEST);
        return picture.getWidth() * picture.getHeight() <= EXACT_PIXELS
                ? PictureFile.png(picture)
                : PictureFile.jpeg(picture, FINE);
    }

    private static BufferedImage scaled(DecodedImage image, int most) {
        int longer = Math.max(image.width(), image.height());
        if (longer <= most) {
            return image.toBufferedImage();
        }
        int width = Math.max(1, Math.round((float) image.width() * most / longer));
        int height = Math.max(1, Math.round((float) image.height() * most / longer));
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Pixels pixels = new Pixels(image.pixels(), image.width(), 3, new Box(0, 0, image.width(), image.height()));
        int[] row = new int[width];
        new PilBilinear().resize(pixels, width, height, (y, samples) -> {
            for (int x = 0; x < width; x++) {
                row[x] = (int) samples[3 * x] << 16 | (int) samples[3 * x + 1] << 8 | (int) samples[3 * x + 2];
            }
            scaled.setRGB(0, y, width, 1, row, 0, width);
        });
        return scaled;
    }
}
