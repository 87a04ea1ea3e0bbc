package io.hedgerow.compiler.frontend.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.api.ModelRefusedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Reads the sorted string table that TensorFlow writes as {@code variables.index}: the format of LevelDB, uncompressed
 * (leveldb/doc/table_format.md).
 */
public final class SortedTable {
    private static final long MAGIC = 0xdb4775248b80fb57L;
    private static final int FOOTER_BYTES = 48;
    private static final int TRAILER_BYTES = 5;
    private static final int MASK = 0xa282ead8;

    private final ByteBuffer file;
    private final String name;

    private SortedTable(ByteBuffer file, String name) {
        this.file = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.name = name;
    }

    /**
     * All entries, in order; keys as Latin-1 strings keep every byte.
     *
     * @param name what errors call the file
     */
    public static Map<String, ByteString> read(ByteBuffer file, String name) {
        SortedTable table = new SortedTable(file, name);
        try {
            return table.entries();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
            throw table.damaged("an entry reaches beyond its block");
        }
    }

    /** A CRC-32C as TensorFlow stores it beside the data that it covers. */
    public static int maskedChecksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate());
        return Integer.rotateRight((int) checksum.getValue(), 15) + MASK;
    }

    private Map<String, ByteString> entries() {
        if (file.limit() < FOOTER_BYTES || file.getLong(file.limit() - Long.BYTES) != MAGIC) {
            throw damaged("it does not end as a table does");
        }
        ByteBuffer footer = file.slice(file.limit() - FOOTER_BYTES, FOOTER_BYTES);
        block(footer);
        Map<String, ByteString> entries = new LinkedHashMap<>();
        for (ByteString handle : pairs(block(footer)).values()) {
            entries.putAll(pairs(block(handle.asReadOnlyByteBuffer())));
        }
        return entries;
    }

    /** The block whose offset and size come next in {@code handle}. */
    private ByteBuffer block(ByteBuffer handle) {
        long offset = varint(handle);
        long size = varint(handle);
        if (offset < 0 || size < Integer.BYTES || offset > file.limit() - TRAILER_BYTES - size) {
            throw damaged("a block lies outside the file");
        }
        int end = (int) (offset + size);
        if (file.get(end) != 0) {
            throw damaged("a block is compressed, which TensorFlow's checkpoints are not");
        }
        ByteBuffer covered = file.slice((int) offset, (int) size + 1);
        if (maskedChecksum(covered) != file.getInt(end + 1)) {
            throw damaged("a block's checksum does not fit its contents");
        }
        return file.slice((int) offset, (int) size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Map<String, ByteString> pairs(ByteBuffer block) {
        long restarts = Integer.toUnsignedLong(block.getInt(block.limit() - Integer.BYTES));
        long end = block.limit() - Integer.BYTES * (restarts + 1);
        if (end < 0) {
            throw damaged("a block holds more restart points than bytes");
        }
        block.limit((int) end);
        Map<String, ByteString> pairs = new LinkedHashMap<>();
        String key = "";
        while (block.hasRemaining()) {
            int shared = Math.toIntExact(varint(block));
            int rest = Math.toIntExact(varint(block));
            int length = Math.toIntExact(varint(block));
            key = key.substring(0, shared) + take(block, rest).toString(ISO_8859_1);
            pairs.put(key, take(block, length));
        }
        return pairs;
    }

    private static ByteString take(ByteBuffer block, int length) {
        ByteString bytes = ByteString.copyFrom(block.slice(block.position(), length));
        block.position(block.position() + length);
        return bytes;
    }

    /** A base-128 number, low bits first. */
    static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ArithmeticException("a number of more than ten bytes");
    }

    private ModelRefusedException damaged(String why) {
        return new ModelRefusedException("%s is damaged or cut short: %s; save the model again".formatted(name, why));
    }
}
