package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client in another language, as a process that ends by itself. */
final class ClientProcess {
    private ClientProcess() {}

    /** What it prints; fails with what it says on standard error where it fails. */
    static String run(Path folder, List<String> line) throws IOException, InterruptedException {
        Path out = Files.createTempFile("hedgerow-client", ".out");
        Path err = Files.createTempFile("hedgerow-client", ".err");
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }
}
