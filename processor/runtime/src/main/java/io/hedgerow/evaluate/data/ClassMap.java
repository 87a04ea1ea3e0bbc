package io.hedgerow.evaluate.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.hedgerow.yaml.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which of a model's classes stand for a class of the data set. Immutable. */
public final class ClassMap {
    private final SortedMap<String, List<Integer>> indices;

    private ClassMap(SortedMap<String, List<Integer>> indices) {
        this.indices = indices;
    }

    /**
     * Reads a map from a data set's names to the model's indices or labels, one or a list of them, as YAML or JSON.
     *
     * @param labels of the model by index; may be empty
     * @param classes that the model has
     * @param offset added to every index in the file, for models that put classes such as a background before those it counts
     * @throws IOException if the file can't be read, or names a class that the model has not
     */
    public static ClassMap read(Path file, List<String> labels, int classes, int offset) throws IOException {
        JsonNode document;
        try {
            document = new YAMLMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "%s, line %d: %s"
                            .formatted(
                                    file,
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getLineNr(),
                                    e.getOriginalMessage().lines().findFirst().orElse("")),
                    e);
        }
        if (!document.isObject()) {
            throw new IOException(
                    file + ": takes a map from the data set's classes to the model's, as 'cat: [281, 282]'");
        }
        SortedMap<String, List<Integer>> indices = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : document.properties()) {
            SortedSet<Integer> found = new TreeSet<>();
            JsonNode value = entry.getValue();
            List<JsonNode> items = new ArrayList<>();
            if (value.isArray()) {
                value.forEach(items::add);
            } else {
                items.add(value);
            }
            for (JsonNode item : items) {
                found.add(index(item, labels, classes, offset, file + ": " + entry.getKey()));
            }
            indices.put(entry.getKey(), List.copyOf(found));
        }
        return new ClassMap(indices);
    }

    private static int index(JsonNode item, List<String> labels, int classes, int offset, String where)
            throws IOException {
        if (item.isIntegralNumber()) {
            int index = item.asInt() + offset;
            if (index < 0 || index >= classes) {
                throw new IOException("%s: %d, but the model has classes 0 to %d".formatted(where, index, classes - 1));
            }
            return index;
        }
        String label = item.asText();
        int index = labels.indexOf(label);
        if (index < 0) {
            String meant = Nearest.of(label, labels)
                    .map(l -> "; did you mean " + l + "?")
                    .orElse("");
            throw new IOException("%s: the model has no class called '%s'%s".formatted(where, label, meant));
        }
        return index;
    }

    /** Names that are the same in the data set and in the model, whatever their case. */
    public static ClassMap byLabel(SortedSet<String> names, List<String> labels) {
        SortedMap<String, List<Integer>> indices = new TreeMap<>();
        for (String name : names) {
            for (int i = 0; i < labels.size(); i++) {
                if (labels.get(i).strip().equalsIgnoreCase(name.strip())) {
                    indices.computeIfAbsent(name, n -> new ArrayList<>()).add(i);
                }
            }
        }
        indices.replaceAll((name, found) -> List.copyOf(found));
        return new ClassMap(indices);
    }

    /** The model's classes that stand for one of the data set's; none if it is not mapped. */
    public List<Integer> indices(String name) {
        return indices.getOrDefault(name, List.of());
    }

    /** Whether a class is mapped. */
    public boolean has(String name) {
        return !indices(name).isEmpty();
    }

    /** The classes of the data set that one of the model's stands for. */
    public List<String> names(int index) {
        return indices.entrySet().stream()
                .filter(entry -> entry.getValue().contains(index))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All of it, sorted. */
    public SortedMap<String, List<Integer>> all() {
        return Collections.unmodifiableSortedMap(indices);
    }
}
