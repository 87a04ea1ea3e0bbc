package io.hedgerow.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for one command's broker, state and models; gone when the command ends. */
public final class WorkFolder implements AutoCloseable {
    private final Path path;

    public WorkFolder(String command) throws IOException {
        this.path = Files.createTempDirectory("hedgerow-" + command + "-");
    }

    public Path path() {
        return path;
    }

    /** Deletes a folder with all that is in it, if it is there. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(path);
    }
}
