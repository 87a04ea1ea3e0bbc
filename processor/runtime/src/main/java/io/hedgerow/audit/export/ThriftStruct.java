package io.hedgerow.audit.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Writer of a struct in Thrift's compact protocol, in which Parquet describes itself. Fields in ascending order. */
final class ThriftStruct {
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int LONG_LIST = 15;

    private final ByteArrayOutputStream out;
    private int last;

    ThriftStruct(ByteArrayOutputStream out) {
        this.out = out;
    }

    ThriftStruct number32(int field, int value) {
        header(field, I32);
        varint(out, zigzag(value));
        return this;
    }

    ThriftStruct number(int field, long value) {
        header(field, I64);
        varint(out, zigzag(value));
        return this;
    }

    ThriftStruct text(int field, String value) {
        header(field, BINARY);
        text(value);
        return this;
    }

    ThriftStruct struct(int field, Consumer<ThriftStruct> value) {
        header(field, STRUCT);
        struct(value);
        return this;
    }

    ThriftStruct list(int field, List<Consumer<ThriftStruct>> values) {
        list(field, STRUCT, values.size());
        values.forEach(this::struct);
        return this;
    }

    ThriftStruct numbers(int field, List<Integer> values) {
        list(field, I32, values.size());
        values.forEach(value -> varint(out, zigzag(value)));
        return this;
    }

    ThriftStruct texts(int field, List<String> values) {
        list(field, BINARY, values.size());
        values.forEach(this::text);
        return this;
    }

    /** Nothing follows. */
    void end() {
        out.write(0);
    }

    /** Seven bits a byte, the lowest first. */
    static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private void struct(Consumer<ThriftStruct> value) {
        ThriftStruct nested = new ThriftStruct(out);
        value.accept(nested);
        nested.end();
    }

    private void list(int field, int type, int size) {
        header(field, LIST);
        if (size < LONG_LIST) {
            out.write((size << 4) | type);
        } else {
            out.write((LONG_LIST << 4) | type);
            varint(out, size);
        }
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private void header(int field, int type) {
        out.write(((field - last) << 4) | type);
        last = field;
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }
}
