package io.hedgerow.evaluate.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Pictures in {@code images}, masks of the same names in {@code masks}, white where the object is. What a picture shows stands in
 * {@code labels.csv} ({@code file,label}), or is the name of the folder that it is in; else the masks count for whatever class is
 * explained. Without {@code masks}, pictures alone.
 */
final class FolderDataset implements Dataset {
    private final Path images;
    private final Path masks;
    private final boolean hasMasks;
    private final Map<String, String> labels;

    FolderDataset(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException(root + " is no folder");
        }
        this.images = Files.isDirectory(root.resolve("images")) ? root.resolve("images") : root;
        this.masks = root.resolve("masks");
        this.hasMasks = Files.isDirectory(masks);
        this.labels = labels(root.resolve("labels.csv"));
    }

    private static Map<String, String> labels(Path file) throws IOException {
        Map<String, String> labels = new HashMap<>();
        if (Files.isRegularFile(file)) {
            List<String> lines = Files.readAllLines(file);
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                String[] cells = line.split(",", -1);
                if (cells.length > 1) {
                    labels.put(cells[0].strip(), cells[1].strip());
                }
            }
        }
        return labels;
    }

    @Override
    public SortedSet<String> classes() throws IOException {
        SortedSet<String> classes = new TreeSet<>();
        for (Sample sample : samples(Selection.all())) {
            classes.addAll(((FolderSample) sample).labels());
        }
        return classes;
    }

    @Override
    public List<Sample> samples(Selection selection) throws IOException {
        List<FolderSample> candidates = PictureFiles.below(images).stream()
                .filter(file -> !file.startsWith(masks))
                .map(FolderSample::new)
                .toList();
        if (candidates.isEmpty()) {
            throw new IOException("there are no pictures in " + images);
        }
        return List.copyOf(
                selection.of(candidates, sample -> selection.isWanted().test(sample.labels())));
    }

    private final class FolderSample implements Sample {
        private final Path file;

        FolderSample(Path file) {
            this.file = file;
        }

        /** None if nothing says what the picture shows. */
        Set<String> labels() {
            String name = name();
            String listed = labels.getOrDefault(name, labels.get(String.valueOf(file.getFileName())));
            if (listed != null) {
                return Set.of(listed);
            }
            int folder = name.lastIndexOf('/');
            return folder < 0 ? Set.of() : Set.of(name.substring(name.lastIndexOf('/', folder - 1) + 1, folder));
        }

        @Override
        public String name() {
            return PictureFiles.name(images, file);
        }

        @Override
        public byte[] picture() throws BadDataException {
            return PictureFiles.read(file);
        }

        @Override
        public Annotations annotations() {
            Set<String> shown = labels();
            String label = shown.stream().findFirst().orElse(AnnotatedObject.ANY);
            List<AnnotatedObject> objects = hasMasks ? List.of(new AnnotatedObject(label, mask())) : List.of();
            return new Annotations(shown, objects, null, 0, 0);
        }

        private Outline mask() {
            Path relative = images.relativize(file);
            Path folder = relative.getParent() == null ? masks : masks.resolve(relative.getParent());
            return mask -> {
                Path found = PictureFiles.withStem(folder, PictureFiles.stem(file))
                        .orElseThrow(() -> new BadDataException(
                                Reason.MASK_MISSING, "there is no mask called " + PictureFiles.stem(file)));
                new MaskFile(found).bright().paint(mask);
            };
        }
    }
}
