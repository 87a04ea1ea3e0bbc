package io.hedgerow.image.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.ImageCodec;
import io.hedgerow.image.pixels.Orientation;
import java.io.ByteArrayOutputStream;

/**
 * The marker segments of a JPEG file (ITU-T T.81 annex B), walked once: what must be known before decoding, and the
 * file without what decoding has no need of.
 *
 * <p>Application segments are left out because the JDK's reader guesses at colours from some, parses colour profiles in
 * others and refuses files over a third kind.
 */
public final class JpegFile {
    private static final int TEM = 0x01;
    private static final int SOF0 = 0xc0;
    private static final int SOF2 = 0xc2;
    private static final int DHT = 0xc4;
    private static final int JPG = 0xc8;
    private static final int DAC = 0xcc;
    private static final int SOF15 = 0xcf;
    private static final int RST0 = 0xd0;
    private static final int RST7 = 0xd7;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int DQT = 0xdb;
    private static final int DRI = 0xdd;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;

    /** A progressive file can ask for a pass over all pixels in ten bytes; encoders make about ten scans. */
    private static final int MAX_SCANS = 100;

    private final byte[] bytes;
    private final ByteArrayOutputStream bare;
    private final ImageCodec.SizeCheck size;
    private final boolean keepsColours;
    private int position = 2;
    private int scans;
    private int width;
    private int height;
    private String componentIds = "";
    private boolean jfif;
    private int adobeTransform = -1;
    private Orientation orientation = Orientation.UPRIGHT;

    /**
     * Walks the file to its end marker; the size is checked as soon as it is seen.
     *
     * @param keepsColours whether {@link #bare} keeps the segments that colours are guessed from
     */
    public JpegFile(byte[] bytes, ImageCodec.SizeCheck size, boolean keepsColours) throws BadImageException {
        this.bytes = bytes;
        this.size = size;
        this.keepsColours = keepsColours;
        bare = new ByteArrayOutputStream(bytes.length);
        bare.write(bytes, 0, position);
        int marker = 0;
        while (marker != EOI) {
            while (at(position) != 0xff || at(position + 1) == 0xff || at(position + 1) == 0) {
                position++;
            }
            marker = at(position + 1);
            segment(marker);
        }
        if (width == 0 || scans == 0) {
            throw new BadImageException("the JPEG holds no picture");
        }
    }

    private void segment(int marker) throws BadImageException {
        int start = position;
        boolean alone = marker == TEM || (marker >= RST0 && marker <= EOI);
        int end = start + 2 + (alone ? 0 : number(start + 2));
        if (end > bytes.length) {
            throw cutShort();
        }
        position = end;
        switch (marker) {
            case DHT, DQT, DRI, EOI -> {}
            case SOS -> scan();
            case APP0 -> jfif |= startsWith(start, "JFIF\0");
            case APP1 -> exif(start, end);
            case APP14 ->
                adobeTransform = startsWith(start, "Adobe") && end >= start + 16 ? at(start + 15) : adobeTransform;
            default -> {
                if (marker >= SOF0 && marker <= SOF15 && marker != JPG) {
                    frame(marker, start, end);
                }
            }
        }
        boolean needed = marker >= SOF0 && marker <= DRI && marker != JPG && (marker < RST0 || marker > RST7);
        if (needed || (keepsColours && (marker == APP0 || marker == APP14))) {
            bare.write(bytes, start, position - start);
        }
    }

    private void frame(int marker, int start, int end) throws BadImageException {
        if (marker > SOF2) {
            throw new BadImageException(
                    "the JPEG is coded in an unsupported way (%s); baseline and progressive Huffman coding are decoded"
                            .formatted(marker == DAC ? "arithmetic" : "SOF" + (marker - SOF0)));
        }
        int precision = at(start + 4);
        if (precision != 8) {
            throw new BadImageException("the JPEG has %d bits a channel; 8 are decoded".formatted(precision));
        }
        if (width != 0) {
            throw new BadImageException("the JPEG is damaged: it has two frames");
        }
        height = number(start + 5);
        width = number(start + 7);
        size.check(width, height);
        StringBuilder ids = new StringBuilder();
        for (int component = start + 10; component + 2 < end; component += 3) {
            ids.append((char) at(component));
        }
        componentIds = ids.toString();
        if (componentIds.length() != 1 && componentIds.length() != 3 && componentIds.length() != 4) {
            throw new BadImageException(
                    "the JPEG has %d channels; 1, 3 and 4 are decoded".formatted(componentIds.length()));
        }
    }

    private void scan() throws BadImageException {
        if (++scans > MAX_SCANS) {
            throw new BadImageException("the JPEG has more than %d scans".formatted(MAX_SCANS));
        }
        // entropy-coded data: a 0xff in it is followed by 0, and by a number 0 to 7 where decoding can restart
        while (at(position) != 0xff || isData(at(position + 1))) {
            position++;
        }
    }

    private void exif(int start, int end) {
        if (startsWith(start, "Exif\0\0") && orientation == Orientation.UPRIGHT) {
            orientation = Orientation.ofExif(bytes, start + 10, end);
        }
    }

    private boolean startsWith(int segment, String name) {
        int from = segment + 4;
        return from + name.length() <= bytes.length && new String(bytes, from, name.length(), ISO_8859_1).equals(name);
    }

    private static boolean isData(int afterFf) {
        return afterFf == 0 || (afterFf >= RST0 && afterFf <= RST7);
    }

    private int number(int index) throws BadImageException {
        return at(index) << 8 | at(index + 1);
    }

    private int at(int index) throws BadImageException {
        if (index >= bytes.length) {
            throw cutShort();
        }
        return bytes[index] & 0xff;
    }

    private BadImageException cutShort() {
        return new BadImageException(
                "the JPEG is cut short: its %d bytes end without an end marker".formatted(bytes.length));
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    Orientation orientation() {
        return orientation;
    }

    /** Which colours the channels hold, by the rules that libjpeg and with it Pillow and TensorFlow follow. */
    JpegColours colours() {
        return switch (componentIds.length()) {
            case 1 -> JpegColours.GREY;
            case 4 -> adobeTransform == 2 ? JpegColours.YCCK : JpegColours.CMYK;
            default -> {
                boolean rgb = !jfif && (adobeTransform >= 0 ? adobeTransform == 0 : componentIds.equals("RGB"));
                yield rgb ? JpegColours.RGB : JpegColours.YCC;
            }
        };
    }

    /** The file without comments, stray bytes and application segments. */
    byte[] bare() {
        return bare.toByteArray();
    }
}
