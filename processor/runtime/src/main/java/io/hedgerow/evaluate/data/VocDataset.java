package io.hedgerow.evaluate.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Pascal VOC: annotations in {@code Annotations} with pictures in {@code JPEGImages} and masks in {@code SegmentationClass} and
 * {@code SegmentationObject}, or XML beside the pictures, as labelling tools leave it. ImageNet's localisation data too: XML in
 * one tree, pictures in another of the same folders.
 */
final class VocDataset implements Dataset {
    private final Path root;
    private final Path xml;
    private final List<Path> pictures;

    VocDataset(Path root) throws IOException {
        this.root = root;
        if (!Files.isDirectory(root)) {
            throw new IOException(root + " is no folder");
        }
        this.xml = first(List.of("Annotations/CLS-LOC", "Annotations"));
        this.pictures = List.of(
                root.resolve("JPEGImages"),
                root.resolve("Data/CLS-LOC"),
                root.resolve("Data"),
                root.resolve("images"),
                root);
    }

    private Path first(List<String> names) {
        return names.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(root);
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
        List<VocSample> candidates = new ArrayList<>();
        for (Path file : PictureFiles.below(xml, Set.of("xml"))) {
            candidates.add(new VocSample(file));
        }
        if (candidates.isEmpty()) {
            throw new IOException("there are no XML files in " + xml);
        }
        return List.copyOf(selection.of(candidates));
    }

    private final class VocSample implements Sample {
        private final Path file;

        VocSample(Path file) {
            this.file = file;
        }

        @Override
        public String name() {
            String path = PictureFiles.name(xml, file);
            return path.substring(0, path.length() - ".xml".length());
        }

        @Override
        public byte[] picture() throws BadDataException {
            Path folder = xml.relativize(file).getParent();
            for (Path pictureFolder : pictures) {
                Path same = folder == null ? pictureFolder : pictureFolder.resolve(folder);
                Optional<Path> found = PictureFiles.withStem(same, PictureFiles.stem(file));
                if (found.isPresent()) {
                    return PictureFiles.read(found.get());
                }
            }
            String stated = VocXml.read(file).file();
            if (stated.isEmpty()) {
                throw new BadDataException(Reason.PICTURE_MISSING, "there is no picture for " + file.getFileName());
            }
            return PictureFiles.read(PictureFiles.named(stated, pictures));
        }

        @Override
        public Annotations annotations() throws BadDataException {
            VocXml read = VocXml.read(file);
            VocMasks masks = new VocMasks(root, PictureFiles.stem(file));
            List<AnnotatedObject> objects = new ArrayList<>();
            for (int i = 0; i < read.items().size(); i++) {
                VocXml.Item item = read.items().get(i);
                Outline outline = masks.of(item.name(), i).orElse(VocXml.outline(item));
                objects.add(new AnnotatedObject(item.name(), outline, item.difficult()));
            }
            Annotations plain = Annotations.of(objects, read.width(), read.height());
            return new Annotations(plain.labels(), objects, masks.ignored().orElse(null), read.width(), read.height());
        }
    }
}
