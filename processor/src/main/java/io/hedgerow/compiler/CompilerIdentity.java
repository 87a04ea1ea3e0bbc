package io.hedgerow.compiler;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Tells one build of the compiler from another, so that what one has made is never taken for the other's. */
final class CompilerIdentity {
    private CompilerIdentity() {}

    /** SHA-256 over the jar that the compiler came in, or over its classes where they lie in a folder. */
    static String digest() throws IOException {
        try {
            Path source = Path.of(CompilerIdentity.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : Files.isRegularFile(source) ? List.of(source) : classes(source)) {
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (URISyntaxException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("the compiler can't read its own code", e);
        }
    }

    private static List<Path> classes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("io/hedgerow/compiler"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
