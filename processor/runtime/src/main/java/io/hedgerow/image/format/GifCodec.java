package io.hedgerow.image.format;

import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.ImageCodec;
import io.hedgerow.image.pixels.ImageIoReader;
import io.hedgerow.image.pixels.RasterColours;
import io.hedgerow.image.pixels.RowCounter;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;

/** GIF: the first frame, on the canvas that the file describes, filled with the transparent or else the first colour. */
public final class GifCodec implements ImageCodec {
    @Override
    public DecodedImage decode(byte[] bytes, SizeCheck size) throws BadImageException, IOException {
        GifFile file = new GifFile(bytes);
        size.check(file.width(), file.height());
        try (ImageIoReader io = new ImageIoReader("gif", bytes, warning -> {})) {
            RowCounter counter = new RowCounter();
            io.reader().addIIOReadUpdateListener(counter);
            BufferedImage frame = io.reader().read(0);
            if (counter.rows() < frame.getHeight()) {
                throw new BadImageException(
                        "the GIF is damaged: its data hold %d of %d rows".formatted(counter.rows(), frame.getHeight()));
            }
            if (!(frame.getColorModel() instanceof IndexColorModel palette)) {
                throw new BadImageException("the GIF has no palette");
            }
            byte[] pixels = RasterColours.toRgb(frame);
            boolean full = frame.getWidth() == file.width() && frame.getHeight() == file.height();
            return new DecodedImage(
                    full ? pixels : onCanvas(pixels, frame, palette, file), file.width(), file.height());
        }
    }

    private static byte[] onCanvas(byte[] pixels, BufferedImage frame, IndexColorModel palette, GifFile file) {
        int colour = palette.getRGB(Math.max(0, palette.getTransparentPixel()));
        byte[] background = {(byte) (colour >> 16), (byte) (colour >> 8), (byte) colour};
        byte[] canvas = new byte[file.width() * file.height() * 3];
        for (int i = 0; i < canvas.length; i++) {
            canvas[i] = background[i % 3];
        }
        int rowBytes = frame.getWidth() * 3;
        for (int y = 0; y < frame.getHeight(); y++) {
            int to = ((file.top() + y) * file.width() + file.left()) * 3;
            System.arraycopy(pixels, y * rowBytes, canvas, to, rowBytes);
        }
        return canvas;
    }
}
