package io.hedgerow.image.format;

import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.ImageCodec;
import io.hedgerow.image.pixels.ImageIoReader;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JPEG: entropy decoding and upsampling by the JDK's libjpeg, colours by {@link JpegColours}. */
public final class JpegCodec implements ImageCodec {
    /** A stray byte between segments, which libjpeg skips without harm to the picture. */
    private static final String HARMLESS = "extraneous bytes before marker";

    @Override
    public DecodedImage decode(byte[] bytes, SizeCheck size) throws BadImageException, IOException {
        JpegFile file = new JpegFile(bytes, size, false);
        JpegColours colours = file.colours();
        return new DecodedImage(colours.toRgb(samples(file, colours)), file.width(), file.height(), file.orientation());
    }

    /** The samples as they are stored, interleaved, brought to full size. */
    public static byte[] samples(JpegFile file, JpegColours colours) throws BadImageException, IOException {
        List<String> damage = new ArrayList<>();
        byte[] samples;
        try (ImageIoReader io = new ImageIoReader("jpeg", file.bare(), damage::add)) {
            Raster raster = io.reader().readRaster(0, null);
            samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        }
        damage.removeIf(warning -> warning.contains(HARMLESS));
        if (!damage.isEmpty()) {
            throw new BadImageException("the JPEG is damaged or cut short: " + damage.get(0));
        }
        if (samples.length != Math.multiplyFull(file.width(), file.height()) * colours.channels()) {
            throw new BadImageException(
                    "the JPEG is damaged: its scans do not make %d x %d pixels".formatted(file.width(), file.height()));
        }
        return samples;
    }
}
