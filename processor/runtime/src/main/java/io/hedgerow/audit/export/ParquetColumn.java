package io.hedgerow.audit.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One column of a Parquet file, and its values in the row group that is being written. Single-threaded. */
final class ParquetColumn {
    /** Types of values, by their numbers. */
    enum Physical {
        INT64(2),
        FLOAT(4),
        BYTE_ARRAY(6);

        private final int number;

        Physical(int number) {
            this.number = number;
        }
    }

    /** A column's part of a row group, with what the footer says of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Chunk(byte[] bytes, long uncompressed, Consumer<ThriftStruct> description) {}

    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int GZIP = 2;
    private static final int DATA_PAGE = 0;
    private static final int UTF8 = 0;
    private static final int TIMESTAMP_MILLIS = 9;
    private static final int NONE = -1;

    private final String name;
    private final Physical type;
    private final boolean isOptional;
    private final int meaning;
    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final ByteArrayOutputStream levels = new ByteArrayOutputStream();
    private boolean isPresent;
    private int run;

    /** Takes what values mean beside their type: a number of Parquet's ConvertedType, or -1. */
    ParquetColumn(String name, Physical type, boolean isOptional, int meaning) {
        this.name = name;
        this.type = type;
        this.isOptional = isOptional;
        this.meaning = meaning;
    }

    static ParquetColumn of(ExportColumn column) {
        return switch (column.form()) {
            case STRING -> new ParquetColumn(column.name(), Physical.BYTE_ARRAY, true, UTF8);
            case LONG -> new ParquetColumn(column.name(), Physical.INT64, true, NONE);
            case FLOAT -> new ParquetColumn(column.name(), Physical.FLOAT, true, NONE);
            case TIME -> new ParquetColumn(column.name(), Physical.INT64, true, TIMESTAMP_MILLIS);
        };
    }

    /** Adds the next row's value. */
    void add(@Nullable Object value) {
        if (isOptional) {
            if (run > 0 && isPresent != (value != null)) {
                endRun();
            }
            isPresent = value != null;
            run++;
        }
        if (value instanceof Instant time) {
            put(Long.BYTES, bytes -> bytes.putLong(time.toEpochMilli()));
        } else if (value instanceof Long number) {
            put(Long.BYTES, bytes -> bytes.putLong(number));
        } else if (value instanceof Float number) {
            put(Float.BYTES, bytes -> bytes.putFloat(number));
        } else if (value instanceof byte[] array) {
            putAll(array);
        } else if (value != null) {
            putAll(value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Says in the schema what this column is. */
    void describe(ThriftStruct element) {
        element.number32(1, type.number).number32(3, isOptional ? 1 : 0).text(4, name);
        if (meaning != NONE) {
            element.number32(6, meaning);
        }
    }

    /** Ends the row group: its values as one page that will stand at {@code offset} of the file. */
    Chunk end(int rows, long offset) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        if (isOptional) {
            endRun();
            page.writeBytes(little(Integer.BYTES, bytes -> bytes.putInt(levels.size())));
            levels.writeTo(page);
        }
        values.writeTo(page);
        values.reset();
        levels.reset();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            page.writeTo(gzip);
        }
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        new ThriftStruct(chunk)
                .number32(1, DATA_PAGE)
                .number32(2, page.size())
                .number32(3, compressed.size())
                .struct(5, header -> header.number32(1, rows)
                        .number32(2, PLAIN)
                        .number32(3, RLE)
                        .number32(4, RLE))
                .end();
        long uncompressed = (long) chunk.size() + page.size();
        compressed.writeTo(chunk);
        long length = chunk.size();
        return new Chunk(chunk.toByteArray(), uncompressed, column -> column.number(2, offset)
                .struct(3, meta -> meta.number32(1, type.number)
                        .numbers(2, List.of(PLAIN, RLE))
                        .texts(3, List.of(name))
                        .number32(4, GZIP)
                        .number(5, rows)
                        .number(6, uncompressed)
                        .number(7, length)
                        .number(9, offset)));
    }

    private void putAll(byte[] array) {
        put(Integer.BYTES, bytes -> bytes.putInt(array.length));
        values.writeBytes(array);
    }

    private void put(int length, Consumer<ByteBuffer> value) {
        values.writeBytes(little(length, value));
    }

    private static byte[] little(int length, Consumer<ByteBuffer> value) {
        byte[] bytes = new byte[length];
        value.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return bytes;
    }

    /** A run of equal definition levels: its length twice, then the level. */
    private void endRun() {
        ThriftStruct.varint(levels, (long) run << 1);
        levels.write(isPresent ? 1 : 0);
        run = 0;
    }
}
