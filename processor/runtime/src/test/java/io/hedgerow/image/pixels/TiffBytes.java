package io.hedgerow.image.pixels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Small little-endian TIFF files. */
public final class TiffBytes {
    private static final int ENTRY = 12;

    private TiffBytes() {}

    /**
     * A file of one strip.
     *
     * @param fields by their numbers; instead of those of 4 × 4 grey pixels of 8 bits
     */
    static byte[] of(Map<Integer, Integer> fields, byte[] data) {
        Map<Integer, Integer> all = new TreeMap<>(Map.of(256, 4, 257, 4, 258, 8, 259, 1, 262, 1, 273, 8, 277, 1));
        all.put(279, data.length);
        all.putAll(fields);
        ByteBuffer file = ByteBuffer.allocate(8 + data.length + 2 + all.size() * ENTRY + 4);
        file.order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'I')
                .put((byte) 'I')
                .putShort((short) 42)
                .putInt(8 + data.length)
                .put(data);
        file.putShort((short) all.size());
        all.forEach((tag, value) ->
                file.putShort(tag.shortValue()).putShort((short) 4).putInt(1).putInt(value));
        return file.array();
    }

    /** The same file with one field more in its first directory, which moves to its end. */
    public static byte[] withField(byte[] whole, int tag, int value) {
        ByteBuffer from = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int directory = from.getInt(4);
        int entries = from.getShort(directory);
        ByteBuffer file = ByteBuffer.allocate(whole.length + 2 + (entries + 1) * ENTRY + 4);
        file.order(ByteOrder.LITTLE_ENDIAN).put(whole).putInt(4, whole.length);
        file.putShort((short) (entries + 1));
        file.put(whole, directory + 2, entries * ENTRY);
        file.putShort((short) tag).putShort((short) 4).putInt(1).putInt(value);
        return file.array();
    }
}
