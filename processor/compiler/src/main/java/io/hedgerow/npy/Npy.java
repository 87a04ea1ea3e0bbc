package io.hedgerow.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes NumPy's {@code .npy} files. Every error names the file and what is wrong with it. */
public final class Npy {
    private static final String MAGIC = "\u0093NUMPY";
    private static final int ALIGNMENT = 64;
    private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d,\\s]*)\\)");

    private Npy() {}

    /**
     * Reads a whole array: little-endian float32, int32, int64 or unsigned bytes, in C order, under 2 GiB.
     *
     * @throws IOException if the file can't be read, is no {@code .npy} file, is cut short or holds another type
     */
    public static NpyArray read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            String header = header(file, channel);
            if (find(ORDER, header, file, "fortran_order").equals("True")) {
                throw new IOException(file + " is in Fortran order: save it from numpy.ascontiguousarray(array)");
            }
            NpyType type = type(find(DESCR, header, file, "descr"), file);
            int[] shape = shape(find(SHAPE, header, file, "shape"), file);
            long bytes = bytes(shape, type, file);
            long rest = channel.size() - channel.position();
            if (rest != bytes) {
                throw new IOException("%s holds %d bytes of data, but its shape %s of %s takes %d"
                        .formatted(file, rest, Arrays.toString(shape), type.descr(), bytes));
            }
            return new NpyArray(type, shape, read(channel, (int) bytes, file));
        }
    }

    /** Writes an array, replacing the file. */
    public static void write(Path file, NpyArray array) throws IOException {
        String shape = Arrays.stream(array.shape()).mapToObj(size -> size + ",").collect(joining(" "));
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
                .formatted(array.type().descr(), shape);
        int prefix = MAGIC.length() + 4;
        int unpadded = prefix + header.length() + 1;
        int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
        ByteBuffer head = ByteBuffer.allocate(unpadded + padding).order(ByteOrder.LITTLE_ENDIAN);
        head.put(MAGIC.getBytes(ISO_8859_1)).put((byte) 1).put((byte) 0);
        head.putShort((short) (header.length() + padding + 1));
        head.put((header + " ".repeat(padding) + "\n").getBytes(ISO_8859_1)).flip();
        try (var out = Files.newByteChannel(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (ByteBuffer part : new ByteBuffer[] {head, array.data()}) {
                while (part.hasRemaining()) {
                    out.write(part);
                }
            }
        }
    }

    private static String header(Path file, FileChannel channel) throws IOException {
        ByteBuffer start = read(channel, MAGIC.length() + 2, file);
        if (!ISO_8859_1.decode(start.slice(0, MAGIC.length())).toString().equals(MAGIC)) {
            throw new IOException(file + " is no .npy file: it does not begin with \\x93NUMPY");
        }
        int version = start.get(MAGIC.length());
        if (version < 1 || version > 3) {
            throw new IOException("%s is of .npy version %d; 1 to 3 are read".formatted(file, version));
        }
        long length = version == 1
                ? Short.toUnsignedLong(read(channel, Short.BYTES, file).getShort(0))
                : Integer.toUnsignedLong(read(channel, Integer.BYTES, file).getInt(0));
        if (length > 1 << 16) {
            throw new IOException("%s has a header of %d bytes; at most 65536 are read".formatted(file, length));
        }
        return ISO_8859_1.decode(read(channel, (int) length, file)).toString();
    }

    private static ByteBuffer read(FileChannel channel, int bytes, Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException(file + " ends in the middle of its header or data");
            }
        }
        return buffer.flip();
    }

    private static String find(Pattern pattern, String header, Path file, String key) throws IOException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IOException("%s: no readable '%s' in the header %s".formatted(file, key, header.strip()));
        }
        return matcher.group(1);
    }

    private static NpyType type(String descr, Path file) throws IOException {
        for (NpyType type : NpyType.values()) {
            if (type.descr().equals(descr)) {
                return type;
            }
        }
        String known = Arrays.stream(NpyType.values()).map(NpyType::descr).collect(joining(", "));
        throw new IOException("%s holds elements of type %s; %s are read".formatted(file, descr, known));
    }

    private static int[] shape(String text, Path file) throws IOException {
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(size -> !size.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IOException("%s has a shape out of range: (%s)".formatted(file, text), e);
        }
    }

    private static long bytes(int[] shape, NpyType type, Path file) throws IOException {
        try {
            long bytes = Math.multiplyExact(NpyArray.elements(shape), (long) type.bytes());
            if (bytes <= Integer.MAX_VALUE - 8) {
                return bytes;
            }
        } catch (ArithmeticException e) {
            // falls through: far beyond the limit
        }
        throw new IOException("%s: an array of shape %s takes more than 2 GiB".formatted(file, Arrays.toString(shape)));
    }
}
