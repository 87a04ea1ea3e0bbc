package io.hedgerow.evaluate.data;

import io.hedgerow.yaml.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The formats that annotated pictures come in. */
public enum DataKind {
    /** COCO's {@code instances.json}. */
    COCO,
    /** Pascal VOC's XML and masks. */
    VOC,
    /** ImageNet's localisation XML. */
    IMAGENET,
    /** Pictures with masks of the same names. */
    FOLDER,
    /** labelme's JSON files. */
    LABELME,
    /** YOLO's text files. */
    YOLO;

    /** As the command line has it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Opens {@code KIND:PATH}, or a path alone whose kind can be seen.
     *
     * @throws IOException if there is no such kind, or nothing of it there; the message says what to do
     */
    public static Dataset open(String spec) throws IOException {
        int colon = spec.indexOf(':');
        // a drive's letter is no kind
        if (colon > 1) {
            String name = spec.substring(0, colon);
            Path path = existing(Path.of(spec.substring(colon + 1)));
            return of(name).open(path);
        }
        Path path = existing(Path.of(spec));
        return seen(path).open(path);
    }

    private static Path existing(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("there is no file or folder " + path);
        }
        return path;
    }

    private static DataKind of(String name) throws IOException {
        List<String> known = Arrays.stream(values()).map(DataKind::key).toList();
        for (DataKind kind : values()) {
            if (kind.key().equals(name)) {
                return kind;
            }
        }
        throw new IOException("'%s' is no kind of data%s; known are %s, and demo"
                .formatted(
                        name,
                        Nearest.of(name, known)
                                .map(k -> ", did you mean " + k + "?")
                                .orElse(""),
                        String.join(", ", known)));
    }

    private Dataset open(Path path) throws IOException {
        return switch (this) {
            case COCO -> new CocoDataset(path);
            case VOC, IMAGENET -> new VocDataset(path);
            case FOLDER -> new FolderDataset(path);
            case LABELME -> new LabelmeDataset(path);
            case YOLO -> new YoloDataset(path);
        };
    }

    private static DataKind seen(Path path) throws IOException {
        if (Files.isRegularFile(path) || hasAny(path, "instances.json", "_annotations.coco.json")) {
            return COCO;
        }
        if (hasAny(path, "Annotations", "JPEGImages")) {
            return VOC;
        }
        if (hasAny(path, "labels")) {
            return YOLO;
        }
        if (hasAny(path, "masks", "images")) {
            return FOLDER;
        }
        return byEnding(path)
                .orElseThrow(() -> new IOException("what is in %s can't be told: write KIND:%s, KIND being one of %s"
                        .formatted(
                                path,
                                path,
                                Arrays.stream(values()).map(DataKind::key).collect(Collectors.joining(", ")))));
    }

    private static boolean hasAny(Path folder, String... names) {
        return Arrays.stream(names).anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    private static Optional<DataKind> byEnding(Path folder) throws IOException {
        Set<String> endings = PictureFiles.below(folder, Set.of("xml", "json", "jpg", "jpeg", "png", "txt")).stream()
                .map(PictureFiles::ending)
                .collect(Collectors.toSet());
        if (endings.contains("xml")) {
            return Optional.of(VOC);
        }
        if (endings.contains("json")) {
            return Optional.of(LABELME);
        }
        boolean hasPictures = endings.stream().anyMatch(ending -> !ending.equals("txt"));
        return hasPictures ? Optional.of(endings.contains("txt") ? YOLO : FOLDER) : Optional.empty();
    }
}
