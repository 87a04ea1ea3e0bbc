package io.hedgerow.evaluate.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/** Proposes which of a model's classes stand for a data set's, by their labels; people decide. */
public final class ClassSuggestions {
    private final List<String> labels;

    /** @param labels of the model by index; several names of one class may be separated by commas, as ImageNet has them */
    public ClassSuggestions(List<String> labels) {
        this.labels = List.copyOf(labels);
    }

    /** Indices of the classes one of whose names is that of the data set's class, or ends with it: an Eskimo dog is a dog. */
    public List<Integer> of(String name) {
        List<String> words = words(name);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            boolean fits = Arrays.stream(labels.get(i).split(","))
                    .map(ClassSuggestions::words)
                    .anyMatch(label -> label.size() >= words.size()
                            && !words.isEmpty()
                            && label.subList(label.size() - words.size(), label.size())
                                    .equals(words));
            if (fits) {
                found.add(i);
            }
        }
        return found;
    }

    /** A class map to be looked over: YAML with the labels as comments. */
    public String yaml(SortedSet<String> names) {
        StringBuilder yaml = new StringBuilder();
        for (String name : names) {
            List<Integer> found = of(name);
            String key = "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            if (found.isEmpty()) {
                yaml.append("# ").append(key).append(": no label of the model ends with it\n");
                continue;
            }
            yaml.append(key).append(":\n");
            for (int index : found) {
                yaml.append("  - ")
                        .append(index)
                        .append("  # ")
                        .append(labels.get(index))
                        .append('\n');
            }
        }
        return yaml.toString();
    }

    /** In lower case and the singular, as far as an s says so. */
    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                        ? word.substring(0, word.length() - 1)
                        : word)
                .toList();
    }
}
