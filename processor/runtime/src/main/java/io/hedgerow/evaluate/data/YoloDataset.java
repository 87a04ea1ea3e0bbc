package io.hedgerow.evaluate.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * YOLO's text files: {@code images/…/a.jpg} with {@code labels/…/a.txt}, a line an object: its class's number and its box or polygon
 * in shares of the picture. Classes' names stand in {@code data.yaml} ({@code names}) or, one a line, in {@code classes.txt}.
 */
final class YoloDataset implements Dataset {
    private static final int BOX = 5;
    private static final long LARGEST = 16 << 20;

    private final Path images;
    private final Path labels;
    private final List<String> names;

    YoloDataset(Path root) throws IOException {
        this.images = Files.isDirectory(root.resolve("images")) ? root.resolve("images") : root;
        this.labels = Files.isDirectory(root.resolve("labels")) ? root.resolve("labels") : root;
        this.names = names(root);
    }

    private static List<String> names(Path root) throws IOException {
        for (String file : List.of("data.yaml", "dataset.yaml", "data.yml")) {
            if (Files.isRegularFile(root.resolve(file))) {
                List<String> names = new ArrayList<>();
                JsonNode listed =
                        new YAMLMapper().readTree(root.resolve(file).toFile()).path("names");
                // a list, or a map by number in order
                listed.forEach(name -> names.add(name.asText()));
                return names;
            }
        }
        Path lines = root.resolve("classes.txt");
        return Files.isRegularFile(lines)
                ? Files.readAllLines(lines).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList()
                : List.of();
    }

    @Override
    public SortedSet<String> classes() throws IOException {
        SortedSet<String> classes = new TreeSet<>(names);
        if (classes.isEmpty()) {
            for (Sample sample : samples(Selection.all())) {
                try {
                    classes.addAll(sample.annotations().labels());
                } catch (BadDataException e) {
                    // counted when its turn comes
                }
            }
        }
        return classes;
    }

    @Override
    public List<Sample> samples(Selection selection) throws IOException {
        List<YoloSample> candidates =
                PictureFiles.below(images).stream().map(YoloSample::new).toList();
        if (candidates.isEmpty()) {
            throw new IOException("there are no pictures in " + images);
        }
        return List.copyOf(selection.of(candidates));
    }

    private final class YoloSample implements Sample {
        private final Path file;

        YoloSample(Path file) {
            this.file = file;
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
        public Annotations annotations() throws BadDataException {
            Path relative = images.relativize(file).resolveSibling(PictureFiles.stem(file) + ".txt");
            Path text = labels.resolve(relative);
            List<AnnotatedObject> objects = new ArrayList<>();
            if (Files.isRegularFile(text)) {
                try {
                    if (Files.size(text) > LARGEST) {
                        throw new BadDataException(Reason.ANNOTATION_BAD, text.getFileName() + " has more than 16 MB");
                    }
                    for (String line : Files.readAllLines(text)) {
                        object(line.strip()).ifPresent(objects::add);
                    }
                } catch (IOException e) {
                    throw new BadDataException(Reason.ANNOTATION_BAD, text.getFileName() + " is no text", e);
                }
            }
            return Annotations.of(objects, 0, 0);
        }

        private Optional<AnnotatedObject> object(String line) throws BadDataException {
            if (line.isEmpty()) {
                return Optional.empty();
            }
            String[] cells = line.split("\\s+", -1);
            double[] numbers = new double[cells.length];
            try {
                for (int i = 0; i < cells.length; i++) {
                    numbers[i] = Double.parseDouble(cells[i]);
                }
            } catch (NumberFormatException e) {
                throw new BadDataException(Reason.ANNOTATION_BAD, "a line that is not all numbers: " + cells[0], e);
            }
            int index = (int) numbers[0];
            String label = index >= 0 && index < names.size() ? names.get(index) : "class " + index;
            return Optional.of(new AnnotatedObject(label, outline(numbers)));
        }

        private Outline outline(double[] numbers) {
            return mask -> {
                double[] scaled = new double[numbers.length - 1];
                for (int i = 0; i < scaled.length; i++) {
                    scaled[i] = numbers[i + 1] * (i % 2 == 0 ? mask.width() : mask.height());
                }
                if (numbers.length == BOX) {
                    new BoxOutline(
                                    scaled[0] - scaled[2] / 2,
                                    scaled[1] - scaled[3] / 2,
                                    scaled[0] + scaled[2] / 2,
                                    scaled[1] + scaled[3] / 2)
                            .paint(mask);
                    return;
                }
                float[] corners = new float[scaled.length];
                for (int i = 0; i < corners.length; i++) {
                    corners[i] = (float) scaled[i];
                }
                new PolygonOutline(corners).paint(mask);
            };
        }
    }
}
