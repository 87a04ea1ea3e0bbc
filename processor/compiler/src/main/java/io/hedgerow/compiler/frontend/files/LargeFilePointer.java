package io.hedgerow.compiler.frontend.files;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hedgerow.compiler.api.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A few lines of text that Git LFS leaves where a large file belongs. */
final class LargeFilePointer {
    private static final byte[] BEGIN = "version https://git-lfs.github.com/spec/".getBytes(US_ASCII);

    private LargeFilePointer() {}

    /**
     * Does nothing if a file is what it should be, or can't be read.
     *
     * @throws ModelRefusedException if it is a pointer
     */
    static void refuse(Path file) {
        if (isPointer(file)) {
            throw new ModelRefusedException(
                    "%s is a pointer of Git LFS and not the file itself: fetch it with git lfs pull".formatted(file));
        }
    }

    private static boolean isPointer(Path file) {
        try (var stream = Files.newInputStream(file)) {
            return Arrays.equals(stream.readNBytes(BEGIN.length), BEGIN);
        } catch (IOException e) {
            // who reads it next says so
            return false;
        }
    }
}
