package io.hedgerow.image.pixels;

import java.io.ByteArrayInputStream;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** One of the JDK's readers on bytes in memory: no disk cache, no metadata, first image only. */
public final class ImageIoReader implements AutoCloseable {
    private final ImageReader reader;

    public ImageIoReader(String format, byte[] bytes, Consumer<String> warnings) {
        reader = ImageIO.getImageReadersByFormatName(format).next();
        reader.addIIOReadWarningListener((source, warning) -> warnings.accept(warning));
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), true, true);
    }

    public ImageReader reader() {
        return reader;
    }

    @Override
    public void close() {
        reader.dispose();
    }
}
