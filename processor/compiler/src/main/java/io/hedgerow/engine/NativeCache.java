package io.hedgerow.engine;

import io.hedgerow.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TensorFlow's libraries, unpacked once and used as long as every file still has the SHA-256 it was unpacked with. */
final class NativeCache {
    private static final Logger log = LoggerFactory.getLogger(NativeCache.class);
    private static final String MANIFEST = "sha256.properties";

    private final UserCache cache;

    NativeCache(UserCache cache) {
        this.cache = cache;
    }

    /**
     * Unpacks the libraries unless they are there.
     *
     * @param version the artifact's version, part of the folder's name
     * @return the folder that holds them
     * @throws EngineException if they can't be unpacked
     */
    Path unpack(NativeResources resources, String version) {
        String name = "tensorflow-" + version + "-" + resources.classifier();
        try {
            return cache.entry(name, NativeCache::isIntact, fresh -> fill(fresh, resources));
        } catch (IOException e) {
            throw new EngineException(
                    ("can't unpack TensorFlow's libraries (about 650 MB) to %s: %s; make room there or set HEDGEROW_CACHE"
                                    + " to another folder of yours")
                            .formatted(cache.root().resolve(name), UserCache.reason(e)),
                    e);
        }
    }

    private void fill(Path fresh, NativeResources resources) throws IOException {
        log.info("Unpacking TensorFlow's libraries to {} (once)", cache.root());
        Properties manifest = new Properties();
        try (JarFile jar = resources.open()) {
            for (JarEntry entry : resources.libraries(jar)) {
                String name = resources.fileName(entry);
                Sha256 sha256 = new Sha256();
                try (InputStream in = sha256.reading(jar.getInputStream(entry))) {
                    Files.copy(in, fresh.resolve(name));
                }
                manifest.setProperty(name, sha256.hex());
            }
        }
        try (OutputStream out = Files.newOutputStream(fresh.resolve(MANIFEST))) {
            manifest.store(out, null);
        }
    }

    private static boolean isIntact(Path folder) throws IOException {
        Path manifest = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            return false;
        }
        Properties digests = new Properties();
        try (InputStream in = Files.newInputStream(manifest)) {
            digests.load(in);
        }
        for (String name : digests.stringPropertyNames()) {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file) || !hash(file).equals(digests.getProperty(name))) {
                log.warn("{} is not what was unpacked there; unpacking again", file);
                return false;
            }
        }
        return !digests.isEmpty();
    }

    private static String hash(Path file) throws IOException {
        Sha256 sha256 = new Sha256();
        Files.copy(file, sha256.stream());
        return sha256.hex();
    }
}
