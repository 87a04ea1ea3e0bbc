package io.hedgerow.evaluate.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** labelme's JSON, one file a picture: polygons, rectangles and circles; the picture beside it, or inside. */
final class LabelmeDataset implements Dataset {
    private static final long LARGEST = 64 << 20;

    private final ObjectMapper json = new ObjectMapper();
    private final Path root;

    LabelmeDataset(Path root) {
        this.root = root;
    }

    @Override
    public SortedSet<String> classes() throws IOException {
        SortedSet<String> classes = new TreeSet<>();
        for (Sample sample : samples(Selection.all())) {
            try {
                classes.addAll(sample.annotations().labels());
            } catch (BadDataException e) {
                // counted when its turn comes
            }
        }
        return classes;
    }

    @Override
    public List<Sample> samples(Selection selection) throws IOException {
        List<LabelmeSample> candidates = PictureFiles.below(root, Set.of("json")).stream()
                .map(LabelmeSample::new)
                .toList();
        if (candidates.isEmpty()) {
            throw new IOException("there are no JSON files in " + root);
        }
        return List.copyOf(selection.of(candidates));
    }

    private final class LabelmeSample implements Sample {
        private final Path file;

        LabelmeSample(Path file) {
            this.file = file;
        }

        @Override
        public String name() {
            return PictureFiles.name(root, file);
        }

        @Override
        public byte[] picture() throws BadDataException {
            JsonNode document = document();
            Path folder = file.toAbsolutePath().getParent();
            String path = document.path("imagePath").asText();
            try {
                // the folder of whoever labelled it is not this one
                String name = path.substring(path.replace('\\', '/').lastIndexOf('/') + 1);
                return PictureFiles.read(PictureFiles.named(name, folder == null ? List.of() : List.of(folder)));
            } catch (BadDataException e) {
                String data = document.path("imageData").asText("");
                if (e.reason() == Reason.PICTURE_MISSING && !data.isEmpty() && !data.equals("null")) {
                    return decoded(data);
                }
                throw e;
            }
        }

        private byte[] decoded(String data) throws BadDataException {
            try {
                return Base64.getMimeDecoder().decode(data);
            } catch (IllegalArgumentException e) {
                throw new BadDataException(Reason.PICTURE_BAD, file.getFileName() + " holds no picture in base64", e);
            }
        }

        private JsonNode document() throws BadDataException {
            try {
                if (Files.size(file) > LARGEST) {
                    throw new BadDataException(Reason.ANNOTATION_BAD, file.getFileName() + " has more than 64 MB");
                }
                JsonNode document = json.readTree(file.toFile());
                if (!document.path("shapes").isArray()) {
                    throw new BadDataException(Reason.ANNOTATION_BAD, file.getFileName() + " has no shapes");
                }
                return document;
            } catch (IOException e) {
                throw new BadDataException(
                        Reason.ANNOTATION_BAD,
                        file.getFileName() + " is no JSON: "
                                + String.valueOf(e.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse(""),
                        e);
            }
        }

        @Override
        public Annotations annotations() throws BadDataException {
            JsonNode document = document();
            List<AnnotatedObject> objects = new ArrayList<>();
            for (JsonNode shape : document.path("shapes")) {
                objects.add(new AnnotatedObject(shape.path("label").asText(), LabelmeShape.of(shape)));
            }
            return Annotations.of(
                    objects,
                    document.path("imageWidth").asInt(),
                    document.path("imageHeight").asInt());
        }
    }
}
