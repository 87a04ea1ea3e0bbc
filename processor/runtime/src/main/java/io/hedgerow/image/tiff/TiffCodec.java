package io.hedgerow.image.tiff;

import io.hedgerow.image.format.JpegCodec;
import io.hedgerow.image.format.JpegColours;
import io.hedgerow.image.format.JpegFile;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.ImageCodec;
import io.hedgerow.image.pixels.Orientation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** TIFF and BigTIFF: the first page, of 1 to 16 bits a sample; LZW, Deflate, PackBits, JPEG or no compression. */
public final class TiffCodec implements ImageCodec {
    private static final int ORIENTATION = 274;
    /** Of a JPEG stream: its start and end markers. */
    private static final int MARKER = 2;

    @Override
    public DecodedImage decode(byte[] bytes, SizeCheck size) throws BadImageException, IOException {
        TiffFields fields = new TiffFields(bytes);
        TiffLayout layout = new TiffLayout(fields, size);
        TiffColours colours = new TiffColours(layout, fields);
        try (TiffPieces pieces = new TiffPieces(bytes, layout, fields)) {
            int planes = layout.isPlanar() ? layout.samples() : 1;
            int highest = Math.min(layout.height(), layout.pieceHeight());
            boolean jpeg = layout.compression() == TiffCompression.JPEG;
            byte[][] samples = new byte[planes][jpeg ? 0 : Math.multiplyExact(pieces.rowBytes(), highest)];
            int count = layout.piecesAcross() * layout.piecesDown();
            for (int piece = 0; piece < count; piece++) {
                int left = piece % layout.piecesAcross() * layout.pieceWidth();
                int top = piece / layout.piecesAcross() * layout.pieceHeight();
                int columns = Math.min(layout.pieceWidth(), layout.width() - left);
                int rows = Math.min(layout.pieceHeight(), layout.height() - top);
                if (jpeg) {
                    byte[] rgb = jpeg(bytes, layout, pieces.packed(piece), rows);
                    colours.putRgb(rgb, layout.pieceWidth(), left, top, columns, rows);
                    continue;
                }
                for (int plane = 0; plane < planes; plane++) {
                    pieces.read(plane * count + piece, rows, samples[plane]);
                }
                colours.put(samples, pieces.rowBytes(), left, top, columns, rows);
            }
        }
        Orientation orientation = Orientation.of(fields.get(ORIENTATION, 1));
        return new DecodedImage(colours.rgb(), layout.width(), layout.height(), orientation, colours.deepGrey());
    }

    private static byte[] jpeg(byte[] bytes, TiffLayout layout, byte[] piece, int rows)
            throws BadImageException, IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(piece.length + layout.tablesLength());
        int tables = Math.max(0, layout.tablesLength() - 2 * MARKER);
        whole.write(piece, 0, Math.min(MARKER, piece.length));
        whole.write(bytes, layout.tablesFrom() + Math.min(MARKER, layout.tablesLength()), tables);
        whole.write(piece, Math.min(MARKER, piece.length), Math.max(0, piece.length - MARKER));
        JpegFile file = new JpegFile(
                whole.toByteArray(),
                (width, height) -> {
                    if (width != layout.pieceWidth() || height < rows || height > layout.pieceHeight()) {
                        throw new BadImageException("the TIFF is damaged: a JPEG in it has %d x %d pixels, not %d x %d"
                                .formatted(width, height, layout.pieceWidth(), rows));
                    }
                },
                false);
        JpegColours colours =
                switch (layout.colours()) {
                    case YCBCR -> JpegColours.YCC;
                    case RGB -> JpegColours.RGB;
                    default -> JpegColours.GREY;
                };
        return colours.toRgb(JpegCodec.samples(file, colours));
    }
}
