package io.hedgerow.compiler.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.api.Signatures;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.hedging.Values;
import io.hedgerow.compiler.method.NodeNames;
import io.hedgerow.compiler.runtime.Maps;
import io.hedgerow.engine.TensorFlowDevice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A MobileNet for images so large that its first blocks are explained class by class. */
class ClassLoopsTest {
    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/models/mobilenet_v2_keras2/saved_model");
    private static final String SIGNATURE = "serving_default";
    private static final String SCOPE = "/each_class/";
    private static final int SIZE = 320;

    private static final Map<Precision, MetaGraphDef> COMPILED = new EnumMap<>(Precision.class);

    @TempDir
    private static Path folder;

    @BeforeAll
    static void compile() throws IOException {
        Path large = enlarged(folder.resolve("large"));
        for (Precision precision : Precision.values()) {
            Path compiled = folder.resolve(precision.name());
            new Compiler().compile(large, new CompileOptions(null, null, null, precision), compiled);
            COMPILED.put(precision, read(compiled));
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 1, 1", "FLOAT32, 1, 3", "FLOAT32, 2, 1", "FLOAT32, 2, 3", "BFLOAT16, 2, 3"})
    void shouldGiveWhatAllClassesAtOnceGive(Precision precision, int images, int classes) {
        MetaGraphDef compiled = compiled(precision);

        List<float[]> expected = run(compiled, compiled.getGraphDef(), images, classes);
        List<float[]> found = run(compiled, ClassLoops.in(compiled.getGraphDef()), images, classes);

        assertClose(found, expected);
    }

    @Test
    void shouldLoopWhereTold() {
        GraphDef plain = compiled(Precision.FLOAT32).getGraphDef();

        GraphDef looped = ClassLoops.in(plain);

        assertThat(operations(plain)).doesNotContain("LoopCond");
        assertThat(operations(looped)).filteredOn("LoopCond"::equals).hasSizeGreaterThan(1);
    }

    @Test
    void shouldComputeOnceWhatClassesShare() {
        GraphDef plain = compiled(Precision.FLOAT32).getGraphDef();
        Set<String> names = plain.getNodeList().stream().map(NodeDef::getName).collect(Collectors.toSet());
        GraphDef looped = ClassLoops.in(plain);

        Set<String> ofAClass = new HashSet<>();
        looped.getNodeList().stream()
                .map(NodeDef::getName)
                .filter(name -> name.endsWith(SCOPE + "one"))
                .forEach(ofAClass::add);
        int before;
        do {
            before = ofAClass.size();
            looped.getNodeList().stream()
                    .filter(node -> NodeDefs.read(node).anyMatch(tensor -> ofAClass.contains(tensor.node())))
                    .forEach(node -> ofAClass.add(node.getName()));
        } while (ofAClass.size() > before);

        assertThat(looped.getNodeList())
                .extracting(NodeDef::getName)
                .filteredOn(name -> name.contains(SCOPE))
                .filteredOn(name -> names.contains(name.substring(name.indexOf(SCOPE) + SCOPE.length())))
                .hasSizeGreaterThan(100)
                .isSubsetOf(ofAClass);
    }

    @Test
    void shouldStillWaitWithWhatOneStretchNeedsUntilThen() {
        GraphDef plain = compiled(Precision.FLOAT32).getGraphDef();
        GraphDef looped = ClassLoops.in(plain);

        Set<String> waiting = waiting(looped);
        assertThat(waiting(plain))
                .filteredOn(name -> looped.getNodeList().stream()
                        .noneMatch(node -> node.getName().endsWith(SCOPE + name)))
                .hasSizeGreaterThan(10)
                .isSubsetOf(waiting);
    }

    private static Set<String> waiting(GraphDef graph) {
        return graph.getNodeList().stream()
                .filter(node -> NodeDefs.awaited(node).findAny().isPresent())
                .map(NodeDef::getName)
                .collect(Collectors.toSet());
    }

    @Test
    void shouldLeaveAGraphWithNoSuchStretch() {
        GraphDef plain = compiled(Precision.FLOAT32).getGraphDef();
        GraphDef looped = ClassLoops.in(plain);
        GraphDef.Builder unmarked = plain.toBuilder();
        unmarked.getNodeBuilderList().forEach(node -> node.removeAttr(NodeNames.ONE_BY_ONE_UNTIL));

        assertThat(unmarked.build()).isNotEqualTo(plain);
        assertThat(ClassLoops.in(unmarked.build())).isEqualTo(unmarked.build());
        assertThat(looped).isNotEqualTo(plain);
    }

    @Test
    void shouldBeForProcessorsOnly() throws IOException {
        assertThat(operations(stamped(new TensorFlowDevice(TensorFlowDevice.Type.CPU, 0))))
                .contains("LoopCond");
        assertThat(operations(stamped(new TensorFlowDevice(TensorFlowDevice.Type.GPU, 0))))
                .isNotEmpty()
                .doesNotContain("LoopCond");
    }

    @Test
    void shouldLoopOnADeviceThatIsNotTheFirst() throws IOException {
        MetaGraphDef compiled = compiled(Precision.FLOAT32);
        TensorFlowDevice second = new TensorFlowDevice(TensorFlowDevice.Type.CPU, 1);

        List<float[]> expected = run(compiled, compiled.getGraphDef(), 1, 2);
        List<float[]> found = run(compiled, stamped(second), second.session(), 1, 2);

        assertClose(found, expected);
    }

    private static GraphDef stamped(TensorFlowDevice device) throws IOException {
        Path compiled = folder.resolve(Precision.FLOAT32.name());
        try (StampedModel stamped = new StampedModel(compiled, device)) {
            return read(stamped.directory()).getGraphDef();
        }
    }

    private static MetaGraphDef compiled(Precision precision) {
        return Objects.requireNonNull(COMPILED.get(precision));
    }

    /** Maps, scores and predictions. */
    private static List<float[]> run(MetaGraphDef compiled, GraphDef definition, int images, int classes) {
        return run(compiled, definition, ConfigProto.getDefaultInstance(), images, classes);
    }

    private static List<float[]> run(
            MetaGraphDef compiled, GraphDef definition, ConfigProto config, int images, int classes) {
        SignatureDef signature = compiled.getSignatureDefOrThrow(Signatures.EXPLAIN);
        Random random = new Random(images);
        try (Graph graph = new Graph()) {
            graph.importGraphDef(definition);
            try (Session session = new Session(graph, config);
                    TFloat32 pixels = TFloat32.tensorOf(Shape.of(images, SIZE, SIZE, 3), t -> t.scalars()
                            .forEach(s -> s.setFloat(random.nextInt(256))));
                    TInt32 asked = TInt32.tensorOf(Shape.of(images, classes), t -> t.scalars()
                            .forEachIndexed((i, s) -> s.setInt(
                                    i[1] == 0 ? Signatures.TOP : i[1] == 1 ? (int) i[0] + 1 : Signatures.NONE)));
                    TFloat32 ratios = TFloat32.tensorOf(
                            Shape.of(images), t -> t.scalars().forEachIndexed((i, s) -> s.setFloat(2 - i[0] / 2f)))) {
                Session.Runner runner = session.runner()
                        .feed(signature.getInputsOrThrow("images").getName(), pixels)
                        .feed(signature.getInputsOrThrow("classes").getName(), asked)
                        .feed(signature.getInputsOrThrow("ratios").getName(), ratios);
                Stream.of("maps", "scores", "predictions")
                        .forEach(key ->
                                runner.fetch(signature.getOutputsOrThrow(key).getName()));
                try (Result result = runner.run()) {
                    List<float[]> values = new ArrayList<>();
                    for (int i = 0; i < result.size(); i++) {
                        values.add(Values.of(result.get(i)));
                    }
                    return values;
                }
            }
        }
    }

    private static void assertClose(List<float[]> actual, List<float[]> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(expected.get(i)).isNotEqualTo(new float[expected.get(i).length]);
            assertThat(Maps.difference(actual.get(i), expected.get(i))).isLessThanOrEqualTo(1e-5);
        }
    }

    private static List<String> operations(GraphDef graph) {
        return graph.getNodeList().stream().map(NodeDef::getOp).toList();
    }

    private static MetaGraphDef read(Path directory) throws IOException {
        try (InputStream in = Files.newInputStream(directory.resolve("saved_model.pb"))) {
            return SavedModel.parseFrom(in).getMetaGraphs(0);
        }
    }

    /** The fixture's model for larger images, which its weights know nothing of. */
    private static Path enlarged(Path large) throws IOException {
        Files.createDirectories(large.resolve("variables"));
        try (Stream<Path> files = Files.list(FIXTURE.resolve("variables"))) {
            for (Path file : files.toList()) {
                Files.copy(file, large.resolve("variables").resolve(file.getFileName()));
            }
        }
        SavedModel.Builder model =
                SavedModel.parseFrom(Files.readAllBytes(FIXTURE.resolve("saved_model.pb"))).toBuilder();
        for (MetaGraphDef.Builder meta : model.getMetaGraphsBuilderList()) {
            for (NodeDef.Builder node : meta.getGraphDefBuilder().getNodeBuilderList()) {
                if (node.getOp().equals("Placeholder")) {
                    AttrValue.Builder shape = node.getAttrOrThrow("shape").toBuilder();
                    enlarge(shape.getShapeBuilder());
                    node.putAttr("shape", shape.build());
                }
            }
            SignatureDef.Builder signature = meta.getSignatureDefOrThrow(SIGNATURE).toBuilder();
            signature.getInputsMap().forEach((key, input) -> {
                TensorInfo.Builder larger = input.toBuilder();
                enlarge(larger.getTensorShapeBuilder());
                signature.putInputs(key, larger.build());
            });
            meta.putSignatureDef(SIGNATURE, signature.build());
        }
        Files.write(large.resolve("saved_model.pb"), model.build().toByteArray());
        return large;
    }

    private static void enlarge(TensorShapeProto.Builder shape) {
        if (shape.getDimCount() == 4) {
            shape.getDimBuilder(1).setSize(SIZE);
            shape.getDimBuilder(2).setSize(SIZE);
        }
    }
}
