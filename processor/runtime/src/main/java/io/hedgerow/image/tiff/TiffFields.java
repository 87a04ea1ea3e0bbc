package io.hedgerow.image.tiff;

import io.hedgerow.image.pixels.BadImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a TIFF's first directory (TIFF 6.0, section 2, and BigTIFF), with every value within the file. Values are
 * read where they lie: nothing is allocated by what the file says.
 */
final class TiffFields {
    private static final int BIG = 43;
    /** Bytes of a value by its type; 0 if the type is unknown. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private final ByteBuffer file;
    private final boolean big;
    private final boolean littleEndian;
    private final Map<Integer, Field> fields = new HashMap<>();

    TiffFields(byte[] bytes) throws BadImageException {
        littleEndian = bytes[0] == 'I';
        file = ByteBuffer.wrap(bytes).order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        big = unsigned(2, 2) == BIG;
        long directory = big ? unsigned(8, 8) : unsigned(4, 4);
        int countSize = big ? 8 : 2;
        int offsetSize = big ? 8 : 4;
        int entrySize = 4 + 2 * offsetSize;
        long count = unsigned(directory, countSize);
        long end = directory + countSize + (count & 0xffff) * entrySize;
        if (count < 1 || count > 0xffff) {
            throw new BadImageException("the TIFF is damaged: its first directory has %d fields".formatted(count));
        }
        // where the next directory is, if there is one
        unsigned(end, offsetSize);
        for (long entry = end - count * entrySize; entry < end; entry += entrySize) {
            field(entry, offsetSize);
        }
    }

    private void field(long entry, int offsetSize) throws BadImageException {
        int type = (int) unsigned(entry + 2, 2);
        long count = unsigned(entry + 4, offsetSize);
        int size = type < SIZES.length ? SIZES[type] : 0;
        if (size == 0) {
            return;
        }
        if (count < 0 || count > file.limit() / size) {
            throw cutShort();
        }
        long at = entry + 4 + offsetSize;
        if (count * size > offsetSize) {
            at = unsigned(at, offsetSize);
        }
        if (at < 0 || at > file.limit() - count * size) {
            throw cutShort();
        }
        fields.putIfAbsent((int) unsigned(entry, 2), new Field(type, (int) count, (int) at));
    }

    /** How many values a field has; 0 if it is not there. */
    int count(int tag) {
        Field field = fields.get(tag);
        return field == null ? 0 : field.count;
    }

    /** Where a field's values begin in the file. */
    int position(int tag) {
        Field field = fields.get(tag);
        return field == null ? 0 : field.at;
    }

    /** The first value of a field. */
    int get(int tag, int otherwise) throws BadImageException {
        return count(tag) == 0 ? otherwise : (int) Math.min(Integer.MAX_VALUE, get(tag, otherwise, 0));
    }

    /** A value of a field by its index; the other value if the field has fewer. */
    long get(int tag, long otherwise, int index) throws BadImageException {
        @Nullable Field field = fields.get(tag);
        if (field == null || index >= field.count) {
            return otherwise;
        }
        int size = SIZES[field.type];
        boolean isNumber = field.type != 2 && field.type != 5 && (field.type < 6 || field.type >= 13);
        long value = isNumber ? unsigned(field.at + (long) index * size, size) : -1;
        if (value < 0) {
            throw new BadImageException("the TIFF is damaged: its field %d is no number".formatted(tag));
        }
        return value;
    }

    private long unsigned(long at, int size) throws BadImageException {
        if (at < 0 || at > file.limit() - size) {
            throw cutShort();
        }
        int position = (int) at;
        return switch (size) {
            case 1 -> file.get(position) & 0xff;
            case 2 -> file.getShort(position) & 0xffff;
            case 4 -> Integer.toUnsignedLong(file.getInt(position));
            default -> file.getLong(position);
        };
    }

    /** A sample of 16 bits, unsigned, in the file's byte order. */
    int twoBytes(byte[] samples, int at) {
        int first = samples[at] & 0xff;
        int second = samples[at + 1] & 0xff;
        return littleEndian ? second << 8 | first : first << 8 | second;
    }

    /** Stores the lower 16 bits of a sample in the file's byte order. */
    void setTwoBytes(byte[] samples, int at, int value) {
        samples[at] = (byte) (littleEndian ? value : value >> 8);
        samples[at + 1] = (byte) (littleEndian ? value >> 8 : value);
    }

    private BadImageException cutShort() {
        return new BadImageException("the TIFF is cut short: its %d bytes end before what its first directory refers to"
                .formatted(file.limit()));
    }

    private record Field(int type, int count, int at) {}
}
