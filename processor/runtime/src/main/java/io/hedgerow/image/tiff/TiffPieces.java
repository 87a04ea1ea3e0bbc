package io.hedgerow.image.tiff;

import io.hedgerow.image.pixels.BadImageException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The strips or tiles of a TIFF: finds, decompresses and adds up differences. Closing frees memory outside of Java. */
final class TiffPieces implements AutoCloseable {
    private final byte[] bytes;
    private final TiffLayout layout;
    private final TiffFields fields;
    private final Inflater inflater = new Inflater();
    private final TiffLzw lzw = new TiffLzw();
    private final int samplesTogether;
    private final int rowBytes;
    private long read;

    TiffPieces(byte[] bytes, TiffLayout layout, TiffFields fields) {
        this.bytes = bytes;
        this.layout = layout;
        this.fields = fields;
        samplesTogether = layout.isPlanar() ? 1 : layout.samples();
        long rowBits = (long) layout.pieceWidth() * samplesTogether * layout.bits();
        rowBytes = Math.toIntExact((rowBits + 7) / 8);
    }

    /** Bytes of a row of a strip or tile. */
    int rowBytes() {
        return rowBytes;
    }

    /** The data of a piece as they lie in the file, the highest bit of a byte first. */
    byte[] packed(int piece) throws BadImageException {
        long offset = layout.offset(piece);
        long length = layout.length(piece);
        read += length;
        // together they can't be more than the file; that many can overlap would let a small file ask for much work
        if (offset > bytes.length - length || read > bytes.length) {
            throw new BadImageException("the TIFF is cut short: its %d bytes end before its strip or tile %d does"
                    .formatted(bytes.length, piece));
        }
        byte[] packed = Arrays.copyOfRange(bytes, (int) offset, (int) (offset + length));
        if (layout.isReversed()) {
            for (int i = 0; i < packed.length; i++) {
                packed[i] = (byte) (Integer.reverse(packed[i]) >>> 24);
            }
        }
        return packed;
    }

    /**
     * Fills an array with the samples of a piece.
     *
     * @param rows that are needed of it
     */
    void read(int piece, int rows, byte[] into) throws BadImageException {
        byte[] packed = packed(piece);
        int size = rows * rowBytes;
        int filled =
                switch (layout.compression()) {
                    case NONE -> {
                        int length = Math.min(size, packed.length);
                        System.arraycopy(packed, 0, into, 0, length);
                        yield length;
                    }
                    case LZW -> lzw.unpack(packed, 0, packed.length, into, size);
                    case DEFLATE -> inflate(packed, into, size);
                    case PACK_BITS -> packBits(packed, into, size);
                    case JPEG -> throw new IllegalStateException("JPEG has a decoder of its own");
                };
        if (filled < size) {
            throw new BadImageException(
                    "the TIFF is damaged: its strip or tile %d holds %d of %d bytes".formatted(piece, filled, size));
        }
        if (layout.isOfDifferences()) {
            addUp(into, rows);
        }
    }

    private int inflate(byte[] packed, byte[] into, int size) throws BadImageException {
        inflater.reset();
        inflater.setInput(packed);
        int filled = 0;
        try {
            for (int more = 1; filled < size && more > 0; filled += more) {
                more = inflater.inflate(into, filled, size - filled);
            }
        } catch (DataFormatException e) {
            throw new BadImageException("the TIFF is damaged: " + e.getMessage(), e);
        }
        return filled;
    }

    private static int packBits(byte[] packed, byte[] into, int size) {
        int filled = 0;
        for (int at = 0; at < packed.length - 1 && filled < size; ) {
            int count = packed[at++];
            if (count >= 0) {
                int length = Math.min(count + 1, Math.min(size - filled, packed.length - at));
                System.arraycopy(packed, at, into, filled, length);
                filled += length;
                at += count + 1;
            } else if (count > Byte.MIN_VALUE) {
                int end = Math.min(size, filled + 1 - count);
                Arrays.fill(into, filled, end, packed[at++]);
                filled = end;
            }
        }
        return filled;
    }

    private void addUp(byte[] samples, int rows) {
        for (int row = 0; row < rows * rowBytes; row += rowBytes) {
            if (layout.bits() == 8) {
                for (int i = row + samplesTogether; i < row + rowBytes; i++) {
                    samples[i] = (byte) (samples[i] + samples[i - samplesTogether]);
                }
            } else {
                for (int i = row + 2 * samplesTogether; i < row + rowBytes; i += 2) {
                    int left = fields.twoBytes(samples, i - 2 * samplesTogether);
                    fields.setTwoBytes(samples, i, left + fields.twoBytes(samples, i));
                }
            }
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
