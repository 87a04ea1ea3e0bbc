package io.hedgerow.preprocess;

import io.hedgerow.compiler.runtime.ScoreKind;
import io.hedgerow.yaml.StrictYaml;
import io.hedgerow.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code model.yaml}, the small file beside a SavedModel that says what the SavedModel can't: how pictures become its
 * input, what its scores are called and how they are logged. Every key may be left out, and so may the file.
 *
 * <pre>{@code
 * name: surface-inspection       # default: the folder's name
 * version: "3"
 * labels: [ok, scratch]          # default: the lines of labels.txt, if it is there
 * score: probability             # or log-probability, logit, value; default: what the model's output is
 * input:
 *   decoder: accurate            # or tensorflow: as tf.io.decode_jpeg does at its defaults
 *   size: [224, 224]             # height and width, for a model that takes any
 *   resize: stretch              # or center-crop
 *   resampling: tensorflow       # or pil, opencv
 *   channels: rgb                # or bgr
 *   range: [0, 255]              # of the values before mean and std
 *   mean: [0, 0, 0]              # or one number
 *   std: [1, 1, 1]
 * }</pre>
 *
 * @param name name of the model
 * @param version version of the model; empty if none is given
 * @param labels names of the classes by index; empty if none are given
 * @param score what logged scores are; null where the model is to be asked
 * @param input how pictures become its input
 */
public record ModelYaml(
        String name, String version, List<String> labels, @Nullable ScoreKind score, Preprocessing input) {
    /** The file's name. */
    public static final String FILE = "model.yaml";

    private static final String LABELS = "labels.txt";

    /**
     * Reads the file of a model, or takes the defaults if there is none.
     *
     * @param model folder of the SavedModel
     * @throws IOException if a file can't be read, or does not say what it should
     */
    public static ModelYaml of(Path model) throws IOException {
        return read(model, model.resolve(FILE));
    }

    /**
     * Reads settings of a model from a file of any name.
     *
     * @param model folder of the SavedModel
     * @param file read if it exists
     * @throws IOException if a file can't be read, or does not say what it should
     */
    public static ModelYaml read(Path model, Path file) throws IOException {
        String yaml = Files.exists(file) ? Files.readString(file) : "";
        Document document = new StrictYaml().parse(yaml, file.toString(), Document.class);
        Path labels = model.resolve(LABELS);
        List<String> names = document.labels;
        if (names == null) {
            names = Files.exists(labels) ? Files.readAllLines(labels) : List.of();
        }
        try {
            return new ModelYaml(
                    document.name == null
                            ? String.valueOf(model.toAbsolutePath().normalize().getFileName())
                            : document.name,
                    document.version == null ? "" : document.version,
                    List.copyOf(names),
                    document.score,
                    document.input == null ? Preprocessing.defaults() : new Preprocessing(document.input));
        } catch (IllegalArgumentException e) {
            throw new YamlException(file + ": input: " + e.getMessage(), e);
        }
    }

    private record Document(
            @Nullable String name,
            @Nullable String version,
            @Nullable List<String> labels,
            @Nullable ScoreKind score,
            @Nullable InputSettings input) {}
}
