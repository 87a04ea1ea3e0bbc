package io.hedgerow.compiler.frontend.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.digest.Sha256;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tensorflow.proto.SavedModel;

/** A SavedModel's files: which there are, their digest, and the parsed {@code saved_model.pb}. */
public final class ModelDirectory {
    private static final String GRAPH = "saved_model.pb";
    private static final String VARIABLES = "variables";
    private static final String LABELS = "labels.txt";
    private static final List<String> DIGESTED = List.of(GRAPH, LABELS, "model.yaml");
    private static final long MAX_GRAPH_BYTES = 1L << 30;
    private static final int MAX_NESTING = 256;

    private final Path directory;

    private ModelDirectory(Path directory) {
        this.directory = directory;
    }

    public static ModelDirectory open(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ModelRefusedException(
                    directory + (Files.exists(directory) ? " is a file, no model directory" : " does not exist"));
        }
        if (Files.isRegularFile(directory.resolve(ExplanationInfo.FILE))) {
            throw new ModelRefusedException(
                    directory + " is compiled already: name the folder of the model that it was compiled from");
        }
        if (!Files.isRegularFile(directory.resolve(GRAPH))) {
            List<String> versions = versions(directory);
            if (!versions.isEmpty()) {
                throw new ModelRefusedException(
                        "%s holds versions of a model, as TensorFlow Serving takes them (%s): name one, as --model %s"
                                .formatted(
                                        directory,
                                        String.join(", ", versions),
                                        directory.resolve(versions.get(versions.size() - 1))));
            }
            String hint = Files.exists(directory.resolve("saved_model.pbtxt"))
                    ? "the text form saved_model.pbtxt is not read: save the model again in binary form"
                    : "save the model with model.export(...) or tf.saved_model.save(...)";
            throw new ModelRefusedException(
                    "%s is no SavedModel: it holds no %s; %s".formatted(directory, GRAPH, hint));
        }
        return new ModelDirectory(directory);
    }

    /** The folders named by a number that hold a model, the last one last. */
    private static List<String> versions(Path directory) {
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(folder -> Files.isRegularFile(folder.resolve(GRAPH)))
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> name.matches("\\d{1,18}"))
                    .sorted(Comparator.comparingLong(Long::parseLong))
                    .toList();
        } catch (IOException e) {
            throw new ModelRefusedException("%s can't be read: %s".formatted(directory, e), e);
        }
    }

    public SavedModel savedModel() {
        Path file = directory.resolve(GRAPH);
        LargeFilePointer.refuse(file);
        try (var stream = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size > MAX_GRAPH_BYTES) {
                throw new ModelRefusedException("%s has %d bytes; at most %d are read: keep weights in variables"
                        .formatted(file, size, MAX_GRAPH_BYTES));
            }
            CodedInputStream input = CodedInputStream.newInstance(stream);
            input.setSizeLimit(Integer.MAX_VALUE);
            input.setRecursionLimit(MAX_NESTING);
            return SavedModel.parseFrom(input);
        } catch (InvalidProtocolBufferException e) {
            throw new ModelRefusedException(
                    "%s is damaged or cut short: %s; save the model again".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new ModelRefusedException("%s can't be read: %s".formatted(file, e), e);
        }
    }

    /** The checkpoint's files begin with this path. */
    public Path variables() {
        Path variables = directory.resolve(VARIABLES);
        if (Files.isDirectory(variables)) {
            try (Stream<Path> found = Files.list(variables)) {
                found.filter(Files::isRegularFile).forEach(LargeFilePointer::refuse);
            } catch (IOException e) {
                throw new ModelRefusedException("%s can't be read: %s".formatted(variables, e), e);
            }
        }
        return variables.resolve("variables");
    }

    public List<String> labels() {
        Path file = directory.resolve(LABELS);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream().map(String::strip).toList();
        } catch (MalformedInputException e) {
            throw new ModelRefusedException(file + " is not in UTF-8", e);
        } catch (IOException e) {
            throw new ModelRefusedException("%s can't be read: %s".formatted(file, e), e);
        }
    }

    /**
     * SHA-256 over the model's files by their sorted relative paths: of each, its path in UTF-8 after a two-byte
     * length, its size as eight bytes, and its contents. Numbers are big-endian.
     */
    public String digest() {
        Sha256 sha256 = new Sha256();
        try (var out = new DataOutputStream(sha256.stream())) {
            for (var file : files().entrySet()) {
                byte[] path = file.getKey().getBytes(UTF_8);
                out.writeShort(path.length);
                out.write(path);
                out.writeLong(Files.size(file.getValue()));
                Files.copy(file.getValue(), out);
            }
        } catch (IOException e) {
            throw new ModelRefusedException("%s can't be read: %s".formatted(directory, e), e);
        }
        return sha256.hex();
    }

    private Map<String, Path> files() throws IOException {
        List<Path> files =
                new ArrayList<>(DIGESTED.stream().map(directory::resolve).toList());
        Path variables = directory.resolve(VARIABLES);
        if (Files.isDirectory(variables)) {
            try (Stream<Path> found = Files.walk(variables)) {
                found.forEach(files::add);
            }
        }
        Map<String, Path> byName = new TreeMap<>();
        files.stream()
                .filter(Files::isRegularFile)
                .forEach(
                        file -> byName.put(directory.relativize(file).toString().replace('\\', '/'), file));
        return byName;
    }
}
