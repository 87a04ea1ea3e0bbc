package io.hedgerow.evaluate.data;

import io.hedgerow.image.pixels.ImageLimits;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A mask as a picture: its samples as they are stored, of palettes the index. */
final class MaskFile {
    /** Says which values of a sample belong. */
    interface Values {
        boolean has(int value);
    }

    private final Path file;

    MaskFile(Path file) {
        this.file = file;
    }

    /** The pixels that are nearer to the mask's highest value than to 0: masks are written with 1 or with 255. */
    Outline bright() {
        return mask -> {
            Raster raster = raster(mask);
            int highest = 0;
            for (int y = 0; y < raster.getHeight(); y++) {
                for (int x = 0; x < raster.getWidth(); x++) {
                    highest = Math.max(highest, raster.getSample(x, y, 0));
                }
            }
            int half = highest;
            paint(raster, mask, value -> 2 * value > half, true);
        };
    }

    /** The pixels with certain values. */
    Outline where(Values values) {
        return mask -> paint(raster(mask), mask, values, true);
    }

    /** The same, where it is no fault if there are none. */
    Outline ignoring(Values values) {
        return mask -> paint(raster(mask), mask, values, false);
    }

    private void paint(Raster raster, Mask mask, Values values, boolean isNeeded) throws BadDataException {
        boolean isEmpty = true;
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < raster.getWidth(); x++) {
                if (values.has(raster.getSample(x, y, 0))) {
                    mask.set(x, y);
                    isEmpty = false;
                }
            }
        }
        if (isNeeded && isEmpty) {
            throw new BadDataException(Reason.MASK_EMPTY, file.getFileName() + " has no pixel of the object");
        }
    }

    private Raster raster(Mask mask) throws BadDataException {
        byte[] bytes = PictureFiles.read(file);
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new BadDataException(
                        Reason.MASK_BAD, file.getFileName() + " is no picture that masks are kept in");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > ImageLimits.DEFAULT.pixels()
                        || width != mask.width()
                        || height != mask.height()) {
                    throw new BadDataException(
                            Reason.MASK_SIZE,
                            "%s is %d x %d, its picture %d x %d"
                                    .formatted(file.getFileName(), width, height, mask.width(), mask.height()));
                }
                return reader.read(0).getRaster();
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // the JDK's readers meet damage with whatever exception comes first
            throw new BadDataException(Reason.MASK_BAD, file.getFileName() + " can't be read: " + e.getMessage(), e);
        }
    }
}
