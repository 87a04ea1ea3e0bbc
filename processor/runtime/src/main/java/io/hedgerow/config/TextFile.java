package io.hedgerow.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files of text that a user names. */
public final class TextFile {
    private static final long LARGEST = 16 << 20;

    private TextFile() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it can't be read, and says which
     */
    public static String read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, not a file");
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException("%s has %d bytes, more than the %d that such a file can have"
                    .formatted(file, Files.size(file), LARGEST));
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text", e);
        }
    }
}
