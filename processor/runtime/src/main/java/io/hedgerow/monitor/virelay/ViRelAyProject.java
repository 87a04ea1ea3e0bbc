package io.hedgerow.monitor.virelay;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.shortcut.Spectrum;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Writes a project of ViRelAy. Not thread-safe. */
public final class ViRelAyProject {
    // RATIONALE: Why jhdf?
    /** The project file; YAML, as all JSON is. */
    public static final String FILE = "project.yaml";

    private static final int MOST_CLUSTERS = 8;
    private static final String INPUT = "input.h5";
    private static final String ATTRIBUTION = "attribution.h5";
    private static final String ANALYSIS = "analysis.h5";
    private static final String LABELS = "label-map.json";

    private final String model;
    private final String method;
    private final Map<Integer, String> labels;

    /**
     * Of a model.
     *
     * @param method name of the one that explains
     * @param labels names of classes, by index
     */
    public ViRelAyProject(String model, String method, Map<Integer, String> labels) {
        this.model = model;
        this.method = method;
        this.labels = new TreeMap<>(labels);
    }

    /**
     * Writes the project's files into a folder, in place of what is there of the same names.
     *
     * @param samples none of them blind; of a class those after the first 1,000 are left out, as those of classes with fewer than 12
     * @return the largest gap of each class's spectrum, by index: 4 and more speaks for groups apart from each other
     * @throws IOException if a file can't be written
     */
    public Map<Integer, Double> write(Path folder, List<ProjectSample> samples) throws IOException {
        Files.createDirectories(folder);
        int[] classes = samples.stream().mapToInt(ProjectSample::classIndex).toArray();
        try (WritableHdfFile file = HdfFile.write(folder.resolve(INPUT))) {
            file.putDataset("data", samples.stream().map(ProjectSample::pixels).toArray(float[][][][]::new));
            file.putDataset("label", classes);
        }
        try (WritableHdfFile file = HdfFile.write(folder.resolve(ATTRIBUTION))) {
            file.putDataset("index", IntStream.range(0, samples.size()).toArray());
            file.putDataset(
                    "attribution",
                    samples.stream()
                            .map(sample -> new float[][][] {sample.relevance()})
                            .toArray(float[][][][]::new));
            file.putDataset("label", classes);
            file.putDataset("prediction", predictions(classes));
        }
        Map<Integer, Double> gaps = new TreeMap<>();
        try (WritableHdfFile file = HdfFile.write(folder.resolve(ANALYSIS))) {
            for (int classIndex : labels.keySet()) {
                int[] places = IntStream.range(0, classes.length)
                        .filter(at -> classes[at] == classIndex)
                        .limit(Spectrum.MOST)
                        .toArray();
                if (places.length >= Spectrum.LEAST) {
                    gaps.put(classIndex, analyse(file.putGroup(key(classIndex)), samples, places));
                }
            }
        }
        write(folder.resolve(LABELS), labelMap());
        write(folder.resolve(FILE), Map.of("project", project()));
        return gaps;
    }

    private static double analyse(WritableGroup group, List<ProjectSample> samples, int[] places) {
        List<Grid> maps =
                IntStream.of(places).mapToObj(at -> samples.get(at).grid()).toList();
        Spectrum spectrum = new Spectrum(maps);
        group.putDataset("index", places);
        WritableDataset spectral = group.putGroup("embedding").putDataset("spectral", floats(spectrum.embedding()));
        spectral.putAttribute("eigenvalue", floats(spectrum.eigenvalues()));
        WritableGroup clusters = group.putGroup("cluster");
        int columns = spectrum.eigenvalues().length;
        for (int count = 2; count <= Math.min(MOST_CLUSTERS, columns); count++) {
            WritableDataset cluster = clusters.putDataset("kmeans-%02d".formatted(count), spectrum.clusters(count));
            cluster.putAttribute("embedding", "spectral");
            cluster.putAttribute("k", count);
            cluster.putAttribute("index", IntStream.range(0, count).toArray());
        }
        return spectrum.gap();
    }

    /** 1 for the class that was decided. */
    private float[][] predictions(int[] classes) {
        int count = labels.keySet().stream().mapToInt(index -> index + 1).max().orElse(1);
        float[][] predictions = new float[classes.length][count];
        for (int at = 0; at < classes.length; at++) {
            predictions[at][classes[at]] = 1;
        }
        return predictions;
    }

    private List<Map<String, Object>> labelMap() {
        List<Map<String, Object>> map = new ArrayList<>();
        labels.forEach((index, label) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("index", index);
            entry.put("word_net_id", key(index));
            entry.put("name", label.isEmpty() ? "class " + index : label);
            map.add(entry);
        });
        return map;
    }

    private Map<String, Object> project() {
        Map<String, Object> dataset = new LinkedHashMap<>();
        dataset.put("name", "Pictures");
        dataset.put("type", "hdf5");
        dataset.put("path", INPUT);
        dataset.put("input_width", ProjectSample.SIDE);
        dataset.put("input_height", ProjectSample.SIDE);
        dataset.put("down_sampling_method", "none");
        dataset.put("up_sampling_method", "none");
        Map<String, Object> attributions = new LinkedHashMap<>();
        attributions.put("attribution_method", method);
        attributions.put("attribution_strategy", "predicted_label");
        attributions.put("sources", List.of(ATTRIBUTION));
        Map<String, Object> analysis = new LinkedHashMap<>();
        analysis.put("analysis_method", "Spectral Analysis");
        analysis.put("sources", List.of(ANALYSIS));
        Map<String, Object> project = new LinkedHashMap<>();
        project.put("name", model);
        project.put("model", model);
        project.put("label_map", LABELS);
        project.put("dataset", dataset);
        project.put("attributions", attributions);
        project.put("analyses", List.of(analysis));
        return project;
    }

    private static void write(Path file, Object value) throws IOException {
        Files.writeString(
                file,
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value) + System.lineSeparator());
    }

    private static String key(int classIndex) {
        return "%08d".formatted(classIndex);
    }

    private static float[][] floats(double[][] values) {
        float[][] floats = new float[values.length][];
        for (int row = 0; row < values.length; row++) {
            floats[row] = floats(values[row]);
        }
        return floats;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int at = 0; at < values.length; at++) {
            floats[at] = (float) values[at];
        }
        return floats;
    }
}
