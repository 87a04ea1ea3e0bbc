package io.hedgerow.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of the user's in which native libraries are unpacked once.
 *
 * <p>Several processes may start at once: one unpacks under a file lock, into a folder of its own that is renamed when
 * it is whole; the others wait and use it. What is found is trusted only if it belongs to this user, nobody else may
 * write to it, and every file still has the SHA-256 that it was unpacked with; otherwise it is unpacked again.
 */
final class NativeCache {
    private static final Logger log = LoggerFactory.getLogger(NativeCache.class);
    private static final String MANIFEST = "sha256.properties";

    private final Path root;

    NativeCache(Path root) {
        this.root = root;
    }

    /** {@code $HEDGEROW_CACHE}, or the user's cache folder as the platform has it. */
    static NativeCache ofUser(Map<String, String> environment) {
        String own = environment.get("HEDGEROW_CACHE");
        if (own != null && !own.isBlank()) {
            return new NativeCache(Path.of(own).toAbsolutePath());
        }
        String base = environment.getOrDefault("XDG_CACHE_HOME", environment.getOrDefault("LOCALAPPDATA", ""));
        Path caches = base.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return new NativeCache(caches.resolve("hedgerow").toAbsolutePath());
    }

    /**
     * @param version the artifact's version, part of the folder's name
     * @return the folder that holds the unpacked libraries
     * @throws EngineException if they can't be unpacked
     */
    Path unpack(NativeResources resources, String version) {
        Path target = root.resolve("tensorflow-" + version + "-" + resources.classifier());
        try {
            createPrivate(root);
            try (FileChannel channel = FileChannel.open(
                            root.resolve(target.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock ignored = channel.lock()) {
                if (!intact(target)) {
                    delete(target);
                    fill(target, resources);
                }
            }
            return target;
        } catch (IOException e) {
            throw new EngineException(
                    "can't unpack TensorFlow's libraries (about 650 MB) to " + target + ": " + reason(e)
                            + "; make room there or set HEDGEROW_CACHE to another folder of yours",
                    e);
        }
    }

    private void fill(Path target, NativeResources resources) throws IOException {
        log.info("Unpacking TensorFlow's libraries to {} (once)", target);
        Path fresh = Files.createTempDirectory(root, "unpacking-");
        try (JarFile jar = resources.open()) {
            Properties manifest = new Properties();
            for (JarEntry entry : resources.libraries(jar)) {
                String name = resources.fileName(entry);
                try (InputStream in = jar.getInputStream(entry)) {
                    MessageDigest digest = sha256();
                    Files.copy(new DigestInputStream(in, digest), fresh.resolve(name));
                    manifest.setProperty(name, HexFormat.of().formatHex(digest.digest()));
                }
            }
            try (OutputStream out = Files.newOutputStream(fresh.resolve(MANIFEST))) {
                manifest.store(out, null);
            }
            move(fresh, target);
        } finally {
            delete(fresh);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private static boolean intact(Path folder) throws IOException {
        Path manifest = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            return false;
        }
        requirePrivate(folder);
        Properties digests = new Properties();
        try (InputStream in = Files.newInputStream(manifest)) {
            digests.load(in);
        }
        for (String name :
                new TreeMap<>(digests).keySet().stream().map(Object::toString).toList()) {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file) || !hash(file).equals(digests.getProperty(name))) {
                log.warn("{} is not what was unpacked there; unpacking again", file);
                return false;
            }
        }
        return !digests.isEmpty();
    }

    private static void createPrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().owner().getName().equals(System.getProperty("user.name"))) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Libraries that somebody else could replace would run with this user's rights. */
    private static void requirePrivate(Path folder) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        PosixFileAttributes attributes = view.readAttributes();
        boolean open = attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)
                || attributes.permissions().contains(PosixFilePermission.GROUP_WRITE);
        if (open || attributes.isSymbolicLink()) {
            throw new FileSystemException(folder + " can be written by others; remove it");
        }
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason()
                : String.valueOf(e.getMessage());
    }
}
