package io.hedgerow.engine;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar laid out as TensorFlow's native artifact is. */
final class FakeArtifact {
    private static final String FOLDER = "org/tensorflow/internal/c_api/linux-x86_64/";

    static NativeResources in(Path file) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new JarEntry(FOLDER + "libjnitensorflow.so"));
            out.write("library".getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
            out.putNextEntry(new JarEntry(FOLDER + "LICENSE"));
            out.closeEntry();
        }
        return new NativeResources(
                "linux-x86_64",
                FOLDER,
                URI.create("jar:" + file.toUri() + "!/" + FOLDER + "libjnitensorflow.so")
                        .toURL());
    }
}
