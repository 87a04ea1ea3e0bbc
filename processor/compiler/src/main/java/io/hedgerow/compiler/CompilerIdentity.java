package io.hedgerow.compiler;

import io.hedgerow.digest.Sha256;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tells one build of the compiler from another, so that what one has made is never taken for the other's. */
final class CompilerIdentity {
    // RATIONALE: Why is a model known by its files' digest, and a compiled one by the compiler's too?
    private CompilerIdentity() {}

    /** SHA-256 over the jar that the compiler came in, or over its classes where they lie in a folder. */
    static String digest() throws IOException {
        try {
            Path source = Path.of(CompilerIdentity.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Sha256 sha256 = new Sha256();
            for (Path file : Files.isRegularFile(source) ? List.of(source) : classes(source)) {
                Files.copy(file, sha256.stream());
            }
            return sha256.hex();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the compiler can't read its own code", e);
        }
    }

    private static List<Path> classes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("io/hedgerow/compiler"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
