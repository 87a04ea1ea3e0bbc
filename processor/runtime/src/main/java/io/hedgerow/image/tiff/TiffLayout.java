package io.hedgerow.image.tiff;

import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.ImageCodec;

/**
 * Layout of the pixels of a TIFF's first page (TIFF 6.0): colours, samples, strips or tiles. What is not decoded is
 * refused by its name.
 */
final class TiffLayout {
    static final int COLOUR_MAP = 320;

    private static final int JPEG_TABLES = 347;
    private static final int HORIZONTAL_DIFFERENCES = 2;
    private static final int ASSOCIATED = 1;
    private static final int MAX_SAMPLES = 4;

    private final TiffFields fields;
    private final int width;
    private final int height;
    private final TiffCompression compression;
    private final TiffColourSpace colours;
    private final int bits;
    private final int samples;
    private final boolean planar;
    private final boolean differences;
    private final boolean reversed;
    private final boolean tiled;
    private final int pieceWidth;
    private final int pieceHeight;

    TiffLayout(TiffFields fields, ImageCodec.SizeCheck size) throws BadImageException {
        this.fields = fields;
        int columns = fields.get(256, 0);
        int rows = fields.get(257, 0);
        size.check(columns, rows);
        width = columns;
        height = rows;
        compression = TiffCompression.of(fields.get(259, 1));
        colours = TiffColourSpace.of(fields.get(262, -1));
        samples = fields.get(277, 1);
        bits = readBits();
        planar = fields.get(284, 1) == 2 && samples > 1;
        reversed = fields.get(266, 1) == 2;
        int predictor = compression.isPredicted() ? fields.get(317, 1) : 1;
        differences = predictor == HORIZONTAL_DIFFERENCES;
        if (predictor > HORIZONTAL_DIFFERENCES || (differences && bits < 8)) {
            throw unsupported("predictor %d for %d bits".formatted(predictor, bits));
        }
        checkColours();
        tiled = fields.count(322) > 0;
        pieceWidth = tiled ? fields.get(322, 0) : width;
        pieceHeight = tiled ? fields.get(323, 0) : Math.min(height, fields.get(278, height));
        if (tiled) {
            size.check(pieceWidth, pieceHeight);
        }
        if (pieceHeight < 1) {
            throw new BadImageException("the TIFF is damaged: its strips have no rows");
        }
        int pieces = Math.multiplyExact(piecesAcross() * piecesDown(), planar ? samples : 1);
        int placed = fields.count(offsets());
        int measured = fields.count(lengths());
        if (placed < pieces || measured < pieces) {
            throw new BadImageException(
                    "the TIFF is damaged: of %d strips or tiles it says where %d and how long %d are"
                            .formatted(pieces, placed, measured));
        }
    }

    private int readBits() throws BadImageException {
        int first = fields.get(258, 1);
        for (int i = 1; i < Math.min(samples, fields.count(258)); i++) {
            if (fields.get(258, first, i) != first) {
                throw unsupported("samples of different depths");
            }
        }
        if (first != 1 && first != 2 && first != 4 && first != 8 && first != 16) {
            throw unsupported("%d bits a sample (1, 2, 4, 8 and 16 are decoded)".formatted(first));
        }
        int format = fields.get(339, 1);
        if (format != 1 && format != 4) {
            throw unsupported(format == 3 ? "floating-point samples" : "signed or complex samples");
        }
        return first;
    }

    private void checkColours() throws BadImageException {
        boolean jpeg = compression == TiffCompression.JPEG;
        if (samples < colours.samples() || samples > MAX_SAMPLES) {
            throw unsupported("%d samples a pixel for %s".formatted(samples, colours));
        }
        if (bits < 8 && (samples > 1 || colours.samples() > 1)) {
            throw unsupported("%d samples of %d bits a pixel".formatted(samples, bits));
        }
        if (colours == TiffColourSpace.PALETTE && (bits > 8 || fields.count(COLOUR_MAP) < 3 << bits)) {
            throw unsupported("a palette of %d bits with %d numbers".formatted(bits, fields.count(COLOUR_MAP)));
        }
        if (isAssociated() && colours != TiffColourSpace.RGB) {
            throw unsupported("associated alpha beside " + colours);
        }
        if (colours == TiffColourSpace.YCBCR && !jpeg) {
            throw unsupported("YCbCr outside of JPEG");
        }
        boolean plain = samples == colours.samples() && bits == 8 && !planar;
        if (jpeg && (!plain || samples == MAX_SAMPLES || colours == TiffColourSpace.WHITE_IS_ZERO)) {
            throw unsupported("JPEG of %d samples of %d bits for %s".formatted(samples, bits, colours));
        }
        if (jpeg && colours == TiffColourSpace.PALETTE) {
            throw unsupported("a palette in JPEG");
        }
    }

    private static BadImageException unsupported(String what) {
        return new BadImageException("the TIFF is of an unsupported kind: " + what);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    TiffCompression compression() {
        return compression;
    }

    TiffColourSpace colours() {
        return colours;
    }

    /** Of a sample: 1, 2, 4, 8 or 16. */
    int bits() {
        return bits;
    }

    /** Of a pixel. */
    int samples() {
        return samples;
    }

    /** Whether samples lie apart, in strips or tiles of their own. */
    boolean isPlanar() {
        return planar;
    }

    /** Whether a sample is stored as its difference from the one to its left. */
    boolean isOfDifferences() {
        return differences;
    }

    /** Whether the lowest bit of a byte comes first. */
    boolean isReversed() {
        return reversed;
    }

    /** Whether colours were multiplied by an alpha that follows them. */
    boolean isAssociated() throws BadImageException {
        return samples > colours.samples() && fields.get(338, 0) == ASSOCIATED;
    }

    /** Of a strip or tile. */
    int pieceWidth() {
        return pieceWidth;
    }

    /** Of a strip or tile; the last strip may have fewer rows. */
    int pieceHeight() {
        return pieceHeight;
    }

    int piecesAcross() {
        return (int) (((long) width + pieceWidth - 1) / pieceWidth);
    }

    int piecesDown() {
        return (int) (((long) height + pieceHeight - 1) / pieceHeight);
    }

    private int offsets() {
        return tiled ? 324 : 273;
    }

    private int lengths() {
        return tiled ? 325 : 279;
    }

    long offset(int piece) throws BadImageException {
        return fields.get(offsets(), 0, piece);
    }

    long length(int piece) throws BadImageException {
        return fields.get(lengths(), 0, piece);
    }

    int tablesFrom() {
        return fields.position(JPEG_TABLES);
    }

    int tablesLength() {
        return fields.count(JPEG_TABLES);
    }
}
