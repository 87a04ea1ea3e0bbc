package io.hedgerow.compiler.frontend;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.files.Checkpoint;
import io.hedgerow.compiler.frontend.files.ModelDirectory;
import io.hedgerow.compiler.frontend.files.SortedTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/** A model changed in many ways, each compiled: mostly within what its files' formats allow, so that changes go deep. */
final class ModelFuzz {
    private static final String GRAPH = "saved_model.pb";
    private static final String INDEX = "variables/variables.index";
    private static final String DATA = "variables/variables.data-00000-of-00001";

    private final Compiler compiler = new Compiler();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final SavedModel graph;
    private final Map<String, ByteString> entries;
    private final List<String> words;
    private final Path folder;
    private final Path out;

    /**
     * What became of the rounds.
     *
     * @param parsed rounds whose files were still a SavedModel and a checkpoint
     * @param failures rounds that ended in neither a compiled model nor a refusal
     * @param slowest seconds of the slowest round, and which it was
     */
    record Tally(int rounds, int parsed, int compiled, int refused, List<String> failures, String slowest) {}

    /**
     * @param model a SavedModel with variables in one shard
     * @param work an empty folder
     */
    ModelFuzz(Path model, Path work) throws IOException {
        this.folder = Files.createDirectories(work.resolve("model"));
        this.out = Files.createDirectories(work.resolve("compiled"));
        Files.createDirectories(folder.resolve("variables"));
        for (String file : List.of(GRAPH, INDEX, DATA)) {
            files.put(file, Files.readAllBytes(model.resolve(file)));
        }
        this.graph = SavedModel.parseFrom(files.get(GRAPH));
        this.entries = SortedTable.read(ByteBuffer.wrap(files.get(INDEX)), INDEX);
        this.words = words(graph, entries);
    }

    /** Runs the rounds {@code first} to {@code first + rounds - 1}; each depends on its seed and number alone. */
    Tally run(long seed, int first, int rounds) throws IOException {
        int parsed = 0;
        int compiled = 0;
        int refused = 0;
        List<String> failures = new ArrayList<>();
        double slowest = 0;
        String slowestRound = "";
        for (int round = first; round < first + rounds; round++) {
            String what = "seed %d round %d".formatted(seed, round);
            write(new SplittableRandom(seed * 1_000_003 + round));
            parsed += parses() ? 1 : 0;
            if (Boolean.getBoolean("hedgerow.fuzz.trace")) {
                System.err.println(what);
            }
            long start = System.nanoTime();
            try {
                compiler.compile(folder, CompileOptions.DEFAULT, out);
                compiled++;
            } catch (ModelRefusedException e) {
                refused++;
                if (String.valueOf(e.getMessage()).contains("null")) {
                    failures.add(what + ": " + e);
                }
            } catch (RuntimeException | Error e) {
                failures.add(what + ": " + e + " at " + Arrays.toString(Arrays.copyOf(e.getStackTrace(), 6)));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (seconds > slowest) {
                slowest = seconds;
                slowestRound = "%.1f s, %s".formatted(seconds, what);
            }
        }
        return new Tally(rounds, parsed, compiled, refused, failures, slowestRound);
    }

    /** Writes the changed model of one round. */
    private void write(RandomGenerator random) throws IOException {
        Map<String, byte[]> changed = new TreeMap<>(files);
        switch (random.nextInt(10)) {
            case 0 -> {
                String file = List.copyOf(files.keySet()).get(random.nextInt(files.size()));
                changed.put(file, withBytes(files.get(file), random));
            }
            case 1, 2 -> changed.put(INDEX, index(random));
            case 3 -> {
                byte[] data = withBytes(files.get(DATA), random);
                changed.put(DATA, data);
                changed.put(INDEX, SortedTables.write(withChecksums(data)));
            }
            default -> changed.put(GRAPH, graph(random).toByteArray());
        }
        for (var file : changed.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private boolean parses() {
        try {
            ModelDirectory directory = ModelDirectory.open(folder);
            directory.savedModel();
            Checkpoint.open(directory.variables());
            return true;
        } catch (ModelRefusedException e) {
            return false;
        }
    }

    private static byte[] withBytes(byte[] original, RandomGenerator random) {
        byte[] bytes =
                Arrays.copyOf(original, random.nextInt(3) > 0 ? original.length : random.nextInt(original.length));
        for (int change = random.nextInt(5); change > 0 && bytes.length > 0; change--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private SavedModel graph(RandomGenerator random) {
        ProtoMutator mutator = new ProtoMutator(random, words);
        SavedModel changed = graph;
        for (int change = random.nextInt(1, 6); change > 0; change--) {
            changed = random.nextInt(6) == 0 ? mutator.mutate(changed) : withNode(changed, random, mutator);
        }
        return changed;
    }

    /** The model with a change to one node, of the main graph or of a function. */
    private static SavedModel withNode(SavedModel model, RandomGenerator random, ProtoMutator mutator) {
        if (model.getMetaGraphsCount() == 0) {
            return model;
        }
        SavedModel.Builder changed = model.toBuilder();
        GraphDef.Builder graph = changed.getMetaGraphsBuilder(0).getGraphDefBuilder();
        int functions = graph.getLibrary().getFunctionCount();
        int function = random.nextInt(-1, functions);
        if (function < 0 && graph.getNodeCount() > 0) {
            int node = random.nextInt(graph.getNodeCount());
            graph.setNode(node, mutator.mutate(graph.getNode(node)));
        } else if (function >= 0) {
            FunctionDef.Builder body = graph.getLibraryBuilder().getFunctionBuilder(function);
            int node = body.getNodeDefCount() == 0 ? 0 : random.nextInt(body.getNodeDefCount());
            if (node < body.getNodeDefCount()) {
                body.setNodeDef(node, mutator.mutate(body.getNodeDef(node)));
            }
        }
        return changed.build();
    }

    /** The index with changed entries, its checksums right. */
    private byte[] index(RandomGenerator random) throws IOException {
        ProtoMutator mutator = new ProtoMutator(random, words);
        Map<String, ByteString> changed = new TreeMap<>(entries);
        List<String> keys = List.copyOf(changed.keySet());
        for (int change = random.nextInt(1, 4); change > 0; change--) {
            String key = keys.get(random.nextInt(keys.size()));
            ByteString entry = changed.getOrDefault(key, ByteString.EMPTY);
            switch (random.nextInt(8)) {
                case 0 -> changed.remove(key);
                case 1 -> changed.put(words.get(random.nextInt(words.size())), entry);
                default ->
                    changed.put(
                            key,
                            key.isEmpty()
                                    ? mutator.mutate(BundleHeaderProto.parseFrom(entry))
                                            .toByteString()
                                    : mutator.mutate(BundleEntryProto.parseFrom(entry))
                                            .toByteString());
            }
        }
        return SortedTables.write(changed);
    }

    /** The index for data that differ: what fits in them has the right checksum. */
    private Map<String, ByteString> withChecksums(byte[] data) throws IOException {
        Map<String, ByteString> changed = new TreeMap<>(entries);
        for (var entry : changed.entrySet()) {
            BundleEntryProto proto = BundleEntryProto.parseFrom(entry.getValue());
            if (!entry.getKey().isEmpty() && proto.getOffset() + proto.getSize() <= data.length) {
                ByteBuffer bytes = ByteBuffer.wrap(data, (int) proto.getOffset(), (int) proto.getSize());
                entry.setValue(proto.toBuilder()
                        .setCrc32C(SortedTable.maskedChecksum(bytes))
                        .build()
                        .toByteString());
            }
        }
        return changed;
    }

    private static List<String> words(SavedModel model, Map<String, ByteString> entries) {
        List<String> words = new ArrayList<>(List.of("", "^", ":", "a:b:c", "../../etc/passwd", "ReadFile", "While"));
        words.addAll(entries.keySet());
        GraphDef graph = model.getMetaGraphs(0).getGraphDef();
        List<NodeDef> nodes = new ArrayList<>(graph.getNodeList());
        for (FunctionDef function : graph.getLibrary().getFunctionList()) {
            words.add(function.getSignature().getName());
            nodes.addAll(function.getNodeDefList());
        }
        for (NodeDef node : nodes) {
            words.add(node.getName());
            words.add(node.getOp());
            words.addAll(node.getInputList());
        }
        return words;
    }
}
