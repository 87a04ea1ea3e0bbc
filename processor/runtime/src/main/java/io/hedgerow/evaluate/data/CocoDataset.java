package io.hedgerow.evaluate.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * COCO's {@code instances.json}: boxes, polygons, run-length masks and crowds. The file is read twice and never kept: first which
 * classes each picture shows, then the outlines of the pictures selected.
 */
final class CocoDataset implements Dataset {
    private final CocoFile file;
    private final List<Path> folders;

    /** Takes a file of annotations, or a folder that has one. */
    CocoDataset(Path path) throws IOException {
        Path annotations = Files.isDirectory(path) ? in(path) : path;
        this.file = new CocoFile(annotations);
        Path folder = annotations.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new IOException(path + " is in no folder");
        }
        String stem = PictureFiles.stem(annotations);
        // as COCO's own archives unpack: annotations/instances_val2017.json beside val2017
        Path beside = folder.resolveSibling(stem.substring(stem.lastIndexOf('_') + 1));
        this.folders = List.of(folder.resolve("images"), folder, beside, folder.resolveSibling("images"));
    }

    private static Path in(Path folder) throws IOException {
        for (String name : List.of("instances.json", "_annotations.coco.json", "annotations/instances.json")) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        throw new IOException("there is no instances.json in " + folder + ": name the file of annotations itself");
    }

    @Override
    public SortedSet<String> classes() throws IOException {
        return new TreeSet<>(file.index().classes().values());
    }

    @Override
    public List<Sample> samples(Selection selection) throws IOException {
        CocoFile.Index index = file.index();
        Map<Long, Set<String>> shown = new HashMap<>();
        List<CocoSample> candidates = index.pictures().stream()
                .map(picture -> new CocoSample(picture, folders))
                .toList();
        candidates.forEach(sample -> shown.put(sample.id(), labels(index, sample.id())));
        List<CocoSample> chosen = selection.of(
                candidates, sample -> selection.isWanted().test(shown.getOrDefault(sample.id(), Set.of())));
        Map<Long, CocoSample> byId = new HashMap<>();
        chosen.forEach(sample -> byId.put(sample.id(), sample));
        file.outlines(byId.keySet(), (picture, category, outline) -> {
            CocoSample sample = byId.get(picture);
            String label = index.classes().get(category);
            if (sample != null) {
                sample.add(new AnnotatedObject(label == null ? "category " + category : label, outline));
            }
        });
        return List.copyOf(chosen);
    }

    private static Set<String> labels(CocoFile.Index index, long picture) {
        Set<String> labels = new HashSet<>();
        for (long category : index.categories(picture)) {
            labels.add(index.classes().getOrDefault(category, "category " + category));
        }
        return labels;
    }
}
