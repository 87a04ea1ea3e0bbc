package io.hedgerow.audit.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reader of a file's lines as bytes, which no decoder may have touched. Single-threaded. */
final class LineReader implements Closeable {
    private static final int LONGEST = 1 << 20;

    private final Path file;
    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    /** The buffer byte for byte: the virtual machine searches strings, but not arrays, with vector instructions. */
    private String text = "";

    private int from;
    private int to;

    LineReader(Path file) throws IOException {
        this.file = file;
        this.in = Files.newInputStream(file);
    }

    /**
     * The next line without its end; null after the last.
     *
     * @throws IOException if the file can't be read, or a line is longer than 1 MiB
     */
    byte @Nullable [] next() throws IOException {
        int seen = from;
        while (true) {
            int end = text.indexOf('\n', seen);
            if (end >= 0) {
                byte[] line = Arrays.copyOfRange(buffer, from, end);
                from = end + 1;
                return line;
            }
            seen = to - from;
            if (!fill()) {
                byte[] last = Arrays.copyOfRange(buffer, from, to);
                from = to;
                return last.length == 0 ? null : last;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Moves what is left to the front and reads on; false at the end of the file. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        if (to == buffer.length) {
            if (to >= LONGEST) {
                throw new IOException("%s has a line of more than %d bytes".formatted(file, LONGEST));
            }
            buffer = Arrays.copyOf(buffer, 2 * to);
        }
        int read = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, read);
        text = new String(buffer, 0, to, StandardCharsets.ISO_8859_1);
        return read > 0;
    }
}
