package io.hedgerow.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hedgerow.image.format.BmpCodec;
import io.hedgerow.image.format.GifCodec;
import io.hedgerow.image.format.JpegCodec;
import io.hedgerow.image.format.PngCodec;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.ImageCodec;
import io.hedgerow.image.tiff.TiffCodec;
import io.hedgerow.image.webp.WebpCodec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The formats that are decoded, recognised by their first bytes. */
enum ImageFormat {
    JPEG("JPEG"),
    PNG("PNG"),
    GIF("GIF"),
    BMP("BMP"),
    WEBP("WebP"),
    TIFF("TIFF");

    private static final List<Start> STARTS = List.of(
            new Start(JPEG, 0, "\u00ff\u00d8\u00ff"),
            new Start(PNG, 0, "\u0089PNG\r\n\u001a\n"),
            new Start(GIF, 0, "GIF8"),
            new Start(BMP, 0, "BM"),
            new Start(WEBP, 8, "WEBP"),
            new Start(TIFF, 0, "II*\0"),
            new Start(TIFF, 0, "MM\0*"),
            new Start(TIFF, 0, "II+\0"),
            new Start(TIFF, 0, "MM\0+"));

    private static final List<Other> OTHERS = List.of(
            new Other("AVIF", 4, "ftypavif"),
            new Other("HEIF", 4, "ftyp"),
            new Other("JPEG 2000", 4, "jP  "),
            new Other("JPEG XL", 0, "\u00ff\n"),
            new Other("JPEG XL", 4, "JXL "),
            new Other("icon", 0, "\0\0\1\0"),
            new Other("Photoshop", 0, "8BPS"),
            new Other("PDF", 0, "%PDF"),
            new Other("gzip", 0, "\u001f\u008b"),
            new Other("ZIP", 0, "PK\3\4"),
            new Other(".npy", 0, "\u0093NUMPY"));

    private final String title;

    ImageFormat(String title) {
        this.title = title;
    }

    ImageCodec codec() {
        return switch (this) {
            case JPEG -> new JpegCodec();
            case PNG -> new PngCodec();
            case GIF -> new GifCodec();
            case BMP -> new BmpCodec();
            case WEBP -> new WebpCodec();
            case TIFF -> new TiffCodec();
        };
    }

    static ImageFormat of(byte[] bytes) throws BadImageException {
        String head = new String(bytes, 0, Math.min(bytes.length, 64), ISO_8859_1);
        for (Start start : STARTS) {
            if (head.startsWith(start.magic, start.offset)) {
                return start.format;
            }
        }
        throw new BadImageException("the image is %s; %s are decoded"
                .formatted(
                        describe(head),
                        Arrays.stream(values()).map(ImageFormat::toString).collect(Collectors.joining(", "))));
    }

    private static String describe(String head) {
        for (Other other : OTHERS) {
            if (head.startsWith(other.magic, other.offset)) {
                return "of an unsupported format (" + other.name + ")";
            }
        }
        if (head.chars().allMatch(c -> c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c < 0x7f))) {
            return "text, beginning \"%s\""
                    .formatted(head.substring(0, Math.min(head.length(), 20)).strip());
        }
        String hex = head.substring(0, Math.min(head.length(), 8))
                .chars()
                .mapToObj("%02x"::formatted)
                .collect(Collectors.joining(" "));
        return "of an unknown format, beginning " + hex;
    }

    @Override
    public String toString() {
        return title;
    }

    private record Start(ImageFormat format, int offset, String magic) {}

    private record Other(String name, int offset, String magic) {}
}
