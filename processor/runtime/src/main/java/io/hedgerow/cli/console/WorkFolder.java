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

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
