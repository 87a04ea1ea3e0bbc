package io.hedgerow.engine;

import java.io.IOException;
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
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of the user's for what is made once and used often: unpacked libraries, compiled models.
 *
 * <p>Several processes may ask for one entry at once: one fills it under a file lock, in a folder of its own that is
 * renamed when it is whole; the others wait and use it. Nobody but the user may write there. Thread-safe.
 */
public final class UserCache {
    private final Path root;

    public UserCache(Path root) {
        this.root = root.toAbsolutePath();
    }

    /** {@code $HEDGEROW_CACHE}, or {@code hedgerow} in the user's cache folder as the platform has it. */
    public static UserCache of(Map<String, String> environment) {
        String own = environment.getOrDefault("HEDGEROW_CACHE", "");
        if (!own.isBlank()) {
            return new UserCache(Path.of(own));
        }
        String base = environment.getOrDefault("XDG_CACHE_HOME", environment.getOrDefault("LOCALAPPDATA", ""));
        Path caches = base.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return new UserCache(caches.resolve("hedgerow"));
    }

    /** Looks at an entry that is there. */
    @FunctionalInterface
    public interface Check {
        boolean isWhole(Path entry) throws IOException;
    }

    /** Makes an entry in an empty folder. */
    @FunctionalInterface
    public interface Filler {
        void fill(Path fresh) throws IOException;
    }

    /**
     * Finds an entry or makes it.
     *
     * @param name of the entry: a file name
     * @param check whether what is there can be used; otherwise it is made again
     * @param filler makes it
     * @return the entry's folder
     * @throws IOException if the folder can't be written or belongs to others, or from the filler
     */
    public synchronized Path entry(String name, Check check, Filler filler) throws IOException {
        Path target = root.resolve(name);
        createPrivate();
        try (FileChannel channel = FileChannel.open(
                root.resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            // processes that start together look at the same time, for a look at libraries takes a second
            try (FileLock shared = channel.lock(0, Long.MAX_VALUE, true)) {
                if (isUsable(target, check)) {
                    return target;
                }
            }
            try (FileLock exclusive = channel.lock()) {
                if (!isUsable(target, check)) {
                    make(target, filler);
                }
            }
        }
        return target;
    }

    private static boolean isUsable(Path target, Check check) throws IOException {
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        requirePrivate(target);
        return check.isWhole(target);
    }

    private void make(Path target, Filler filler) throws IOException {
        delete(target);
        Path fresh = Files.createTempDirectory(root, "making-");
        try {
            filler.fill(fresh);
            move(fresh, target);
        } finally {
            delete(fresh);
        }
    }

    /** Why a file could not be used, without a stack trace. */
    static String reason(IOException e) {
        return e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason() + " (" + f.getFile() + ")"
                : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    Path root() {
        return root;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private void createPrivate() throws IOException {
        if (Files.isDirectory(root)) {
            requirePrivate(root);
            return;
        }
        Files.createDirectories(root);
        PosixFileAttributeView view = Files.getFileAttributeView(root, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** What somebody else could replace would run with this user's rights. */
    private static void requirePrivate(Path folder) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes attributes = view.readAttributes();
        if (attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)
                || attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)) {
            throw new FileSystemException(
                    folder.toString(), null, "others can write to it: remove it or take their rights");
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
}
