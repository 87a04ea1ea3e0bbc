package io.hedgerow.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.method.NodeNames;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Models whose nodes have the names that the compiler gives to its own. */
class GivenNamesTest {
    private static final String FILE = "saved_model.pb";

    @TempDir
    private Path folder;

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 40, 70})
    void shouldExplainAModelWhoseNodesAreCalledAsTheCompilersOwn(long seed) throws IOException {
        Path model = folder.resolve("model");
        boolean first = RandomNet.write(seed, true, model);
        Path compiled = compiled(model, "compiled");
        SavedModel given = read(model);
        List<String> own = added(given, read(compiled));
        // those that passes write beside a node, and those of the explanation
        assertThat(own).anyMatch(name -> name.startsWith("hedgerow_")).anyMatch(name -> name.startsWith("hedgerow/"));

        Path renamed = folder.resolve("renamed");
        Map<String, String> names = names(given, own);
        write(renamed(given, names), renamed);

        float[] maps = maps(compiled, first, "images");
        assertThat(maps(compiled(renamed, "compiled-renamed"), first, "images"))
                .containsExactly(maps, org.assertj.core.api.Assertions.within(1e-6f));
    }

    @Test
    void shouldKeepNodesApartThatWouldGetOneName() throws IOException {
        Path model = folder.resolve("model");
        boolean first = RandomNet.write(10, true, model);
        SavedModel given = read(model);
        Iterator<String> alike = List.of("hedge_row", "hedgerow", "hedgerow_").iterator();
        Map<String, String> names = new HashMap<>();
        for (NodeDef node : graph(given).getNodeList()) {
            if (alike.hasNext() && !node.getName().equals("images")) {
                names.put(node.getName(), alike.next());
            }
        }
        Path renamed = folder.resolve("renamed");
        write(renamed(given, names), renamed);

        assertThat(maps(compiled(renamed, "compiled-renamed"), first, "images"))
                .containsExactly(
                        maps(compiled(model, "compiled"), first, "images"),
                        org.assertj.core.api.Assertions.within(1e-6f));
    }

    private Path compiled(Path model, String name) throws IOException {
        Path out = folder.resolve(name);
        new Compiler().compile(model, CompileOptions.DEFAULT, out, CompileProgress.NONE);
        return out;
    }

    /** Names of nodes that only the compiled model has. */
    private static List<String> added(SavedModel given, SavedModel compiled) {
        Set<String> names = new LinkedHashSet<>();
        graph(compiled).getNodeList().forEach(node -> names.add(node.getName()));
        graph(given).getNodeList().forEach(node -> names.remove(node.getName()));
        return List.copyOf(names);
    }

    /** A name of the compiler's for each node of the model, but for the image's: from its whole list, evenly. */
    private static Map<String, String> names(SavedModel given, List<String> own) {
        List<String> nodes = new ArrayList<>();
        graph(given).getNodeList().stream()
                .map(NodeDef::getName)
                .filter(name -> !name.equals("images"))
                .forEach(nodes::add);
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < nodes.size() && i < own.size(); i++) {
            names.put(nodes.get(i), own.get((int) ((long) i * own.size() / nodes.size())));
        }
        return names;
    }

    private static GraphDef graph(SavedModel model) {
        return model.getMetaGraphs(0).getGraphDef();
    }

    private static SavedModel renamed(SavedModel model, Map<String, String> names) {
        SavedModel.Builder renamed = model.toBuilder();
        GraphDef.Builder graph = renamed.getMetaGraphsBuilder(0).getGraphDefBuilder();
        for (NodeDef.Builder node : graph.getNodeBuilderList()) {
            node.setName(names.getOrDefault(node.getName(), node.getName()));
            for (int i = 0; i < node.getInputCount(); i++) {
                node.setInput(i, renamed(node.getInput(i), names));
            }
        }
        renamed.getMetaGraphsBuilder(0).getSignatureDefMap().forEach((key, signature) -> {
            var changed = signature.toBuilder();
            signature
                    .getOutputsMap()
                    .forEach((name, output) -> changed.putOutputs(
                            name,
                            output.toBuilder()
                                    .setName(renamed(output.getName(), names))
                                    .build()));
            renamed.getMetaGraphsBuilder(0).putSignatureDef(key, changed.build());
        });
        return renamed.build();
    }

    private static String renamed(String tensor, Map<String, String> names) {
        int colon = tensor.indexOf(':');
        String node = colon < 0 ? tensor : tensor.substring(0, colon);
        return names.getOrDefault(node, node) + (colon < 0 ? "" : tensor.substring(colon));
    }

    private static SavedModel read(Path model) throws IOException {
        try (InputStream in = Files.newInputStream(model.resolve(FILE))) {
            return SavedModel.parseFrom(in);
        }
    }

    private static void write(SavedModel model, Path out) throws IOException {
        Files.createDirectories(out);
        try (OutputStream file = Files.newOutputStream(out.resolve(FILE))) {
            model.writeTo(file);
        }
    }

    /** Of all classes of one image. */
    private static float[] maps(Path compiled, boolean first, String image) {
        Shape shape = first
                ? Shape.of(1, RandomNet.CHANNELS, RandomNet.HEIGHT, RandomNet.WIDTH)
                : Shape.of(1, RandomNet.HEIGHT, RandomNet.WIDTH, RandomNet.CHANNELS);
        try (SavedModelBundle bundle = SavedModelBundle.load(compiled.toString(), "serve");
                TFloat32 images = TFloat32.tensorOf(shape, t -> {
                    int[] count = {0};
                    t.scalars().forEach(pixel -> pixel.setFloat((float) Math.sin(count[0]++)));
                });
                TFloat32 ratios =
                        TFloat32.tensorOf(Shape.of(1), t -> t.scalars().forEach(ratio -> ratio.setFloat(2)));
                TInt32 classes = TInt32.tensorOf(Shape.of(1, RandomNet.CLASSES), t -> t.scalars()
                        .forEachIndexed((i, c) -> c.setInt((int) i[1])));
                Result result = bundle.session()
                        .runner()
                        .feed(image, images)
                        .feed(NodeNames.imageParameter("ratio"), ratios)
                        .feed(NodeNames.CLASSES, classes)
                        .fetch(NodeNames.MAPS)
                        .run()) {
            TFloat32 maps = (TFloat32) result.get(0);
            float[] values = new float[Math.toIntExact(maps.size())];
            maps.copyTo(org.tensorflow.ndarray.buffer.DataBuffers.of(values, false, false));
            return values;
        }
    }
}
