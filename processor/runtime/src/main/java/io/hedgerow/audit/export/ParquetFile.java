package io.hedgerow.audit.export;

import io.hedgerow.AuditEntry;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A Parquet file: a flat table, plain values, pages compressed with gzip, a page for each column of a row group. Just what
 * exported entries need, after the format's specification (parquet.thrift 2.10).
 */
final class ParquetFile implements ExportFile {
    // RATIONALE: Why is Parquet written by hand?
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int ROWS_OF_A_GROUP = 10_000;
    private static final int VERSION = 1;

    private final OutputStream out;
    private final List<ParquetColumn> columns = new ArrayList<>();
    private final List<Consumer<ThriftStruct>> groups = new ArrayList<>();
    private long written;
    private long rows;
    private int rowsOfGroup;

    ParquetFile(OutputStream out) throws IOException {
        this.out = new BufferedOutputStream(out, 1 << 16);
        columns.add(new ParquetColumn("offset", ParquetColumn.Physical.INT64, false, -1));
        columns.add(new ParquetColumn("entry", ParquetColumn.Physical.BYTE_ARRAY, false, -1));
        for (ExportColumn column : ExportColumns.ALL) {
            columns.add(ParquetColumn.of(column));
        }
        write(MAGIC);
    }

    @Override
    public void write(long offset, byte[] stored, AuditEntry entry) throws IOException {
        columns.get(0).add(offset);
        columns.get(1).add(stored);
        for (int i = 0; i < ExportColumns.ALL.size(); i++) {
            columns.get(i + 2).add(ExportColumns.ALL.get(i).value().apply(entry));
        }
        rows++;
        rowsOfGroup++;
        if (rowsOfGroup == ROWS_OF_A_GROUP) {
            endGroup();
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            if (rowsOfGroup > 0) {
                endGroup();
            }
            byte[] footer = footer();
            write(footer);
            write(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(footer.length)
                    .array());
            write(MAGIC);
        }
    }

    private void endGroup() throws IOException {
        int count = rowsOfGroup;
        List<Consumer<ThriftStruct>> chunks = new ArrayList<>();
        long size = 0;
        for (ParquetColumn column : columns) {
            ParquetColumn.Chunk chunk = column.end(count, written);
            write(chunk.bytes());
            size += chunk.uncompressed();
            chunks.add(chunk.description());
        }
        long total = size;
        groups.add(group -> group.list(1, chunks).number(2, total).number(3, count));
        rowsOfGroup = 0;
    }

    private byte[] footer() {
        List<Consumer<ThriftStruct>> schema = new ArrayList<>();
        schema.add(root -> root.text(4, "entry").number32(5, columns.size()));
        columns.forEach(column -> schema.add(column::describe));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ThriftStruct(bytes)
                .number32(1, VERSION)
                .list(2, schema)
                .number(3, rows)
                .list(4, groups)
                .text(6, "hedgerow")
                .end();
        return bytes.toByteArray();
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        written += bytes.length;
    }
}
