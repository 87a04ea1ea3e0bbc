package io.hedgerow.compiler.frontend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.frontend.files.SortedTable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Writes what {@link SortedTable} reads, with one data block. */
final class SortedTables {
    private static final long MAGIC = 0xdb4775248b80fb57L;
    private static final int FOOTER_BYTES = 48;

    private SortedTables() {}

    static byte[] write(Map<String, ByteString> entries) {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        byte[] data = append(table, entries);
        byte[] index = append(table, Map.of("~", ByteString.copyFrom(data)));
        ByteBuffer footer = ByteBuffer.allocate(FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        // the first handle is that of an index of filters, which is not read
        footer.put(index).put(index).putLong(FOOTER_BYTES - Long.BYTES, MAGIC);
        table.writeBytes(footer.array());
        return table.toByteArray();
    }

    /** Appends a block; returns its handle. */
    private static byte[] append(ByteArrayOutputStream table, Map<String, ByteString> pairs) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        pairs.forEach((key, value) -> {
            byte[] name = key.getBytes(ISO_8859_1);
            varint(block, 0);
            varint(block, name.length);
            varint(block, value.size());
            block.writeBytes(name);
            block.writeBytes(value.toByteArray());
        });
        block.writeBytes(little(0));
        block.writeBytes(little(1));
        ByteArrayOutputStream handle = new ByteArrayOutputStream();
        varint(handle, table.size());
        varint(handle, block.size());
        block.write(0);
        int checksum = SortedTable.maskedChecksum(ByteBuffer.wrap(block.toByteArray()));
        table.writeBytes(block.toByteArray());
        table.writeBytes(little(checksum));
        return handle.toByteArray();
    }

    private static byte[] little(int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }

    private static void varint(ByteArrayOutputStream out, int number) {
        int rest = number;
        for (; rest > 0x7f; rest >>>= 7) {
            out.write(rest & 0x7f | 0x80);
        }
        out.write(rest);
    }
}
