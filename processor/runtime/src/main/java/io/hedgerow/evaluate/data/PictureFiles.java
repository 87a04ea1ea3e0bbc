package io.hedgerow.evaluate.data;

import io.hedgerow.image.pixels.ImageLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Pictures in folders: found by name, read within limits. */
final class PictureFiles {
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "jpe", "png", "bmp", "gif", "webp", "tif", "tiff");
    private static final int DEEPEST = 8;

    private PictureFiles() {}

    static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** A file's name without its ending. */
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** All files below a folder with one of these endings, sorted. */
    static List<Path> below(Path folder, Set<String> endings) throws IOException {
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            return files.filter(file -> endings.contains(ending(file)) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    /** All pictures below a folder, sorted. */
    static List<Path> below(Path folder) throws IOException {
        return below(folder, ENDINGS);
    }

    /** The picture in a folder with this name but for its ending. */
    static Optional<Path> withStem(Path folder, String stem) {
        for (String ending : List.of("jpg", "jpeg", "png", "JPG", "JPEG", "PNG", "bmp", "gif", "webp", "tif", "tiff")) {
            Path file = folder.resolve(stem + "." + ending);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /**
     * A file that a data set names, in the first of these folders that has it.
     *
     * @throws BadDataException if the name leads out of the folders, or no folder has it
     */
    static Path named(String name, List<Path> folders) throws BadDataException {
        String plain = name.replace('\\', '/');
        for (Path folder : folders) {
            Path file = folder.resolve(plain).normalize();
            if (!file.startsWith(folder.normalize())) {
                throw new BadDataException(Reason.NAME_OUTSIDE, "'" + name + "' leads out of " + folder);
            }
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new BadDataException(Reason.PICTURE_MISSING, "there is no file " + plain);
    }

    /** The whole file. */
    static byte[] read(Path file) throws BadDataException {
        if (!Files.isRegularFile(file)) {
            throw new BadDataException(Reason.PICTURE_MISSING, "there is no file " + file.getFileName());
        }
        try {
            long bytes = Files.size(file);
            if (bytes > ImageLimits.DEFAULT.bytes()) {
                throw new BadDataException(
                        Reason.PICTURE_BAD,
                        "%s has %d bytes; at most %d are read"
                                .formatted(file.getFileName(), bytes, ImageLimits.DEFAULT.bytes()));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new BadDataException(Reason.PICTURE_BAD, file.getFileName() + " can't be read", e);
        }
    }

    /** A path inside a folder as a name, the same on every system. */
    static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
