package io.hedgerow.compiler.frontend;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.files.Checkpoint;
import io.hedgerow.compiler.frontend.files.ModelDirectory;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.flat.Skeleton;
import io.hedgerow.compiler.frontend.functions.Body;
import io.hedgerow.compiler.frontend.functions.Conformance;
import io.hedgerow.compiler.frontend.functions.Endpoint;
import io.hedgerow.compiler.frontend.functions.Functions;
import io.hedgerow.compiler.frontend.functions.Inliner;
import io.hedgerow.compiler.frontend.functions.KnownOperations;
import io.hedgerow.compiler.frontend.functions.OperationDefinitions;
import io.hedgerow.compiler.frontend.functions.Resolver;
import io.hedgerow.compiler.frontend.functions.Scope;
import io.hedgerow.compiler.frontend.functions.VariableFreezer;
import io.hedgerow.compiler.frontend.functions.VariableKeys;
import io.hedgerow.compiler.frontend.passes.GraphPasses;
import io.hedgerow.compiler.frontend.passes.ShapeFolder;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;

/**
 * Reads a user's SavedModel as a frozen flat graph. The proto and the checkpoint are parsed in Java; TensorFlow sees
 * only operations that were checked to be pure, with their weights as constants. Safe from any thread.
 */
public final class SavedModelReader {
    // RATIONALE: Why does TensorFlow never load a user's SavedModel?
    private static final String SERVE = "serve";
    private static final int IMAGE_RANK = 4;
    private static final Set<DataType> IMAGES = Set.of(DataType.DT_FLOAT, DataType.DT_UINT8);

    private final OperationDefinitions operations = OperationDefinitions.ofTensorFlow();

    /**
     * Reads, checks and freezes a model.
     *
     * @param directory the SavedModel: holds {@code saved_model.pb}
     * @throws ModelRefusedException if it is no image classifier that can be explained, is damaged, or asks for what is
     *     not allowed; the message names node, operation and function
     */
    public FrozenModel load(Path directory, FrontendOptions options) {
        return load(directory, options, UnaryOperator.identity());
    }

    /**
     * Reads a model of which some layers have forgotten what they learned: the numbers of their weights have changed places.
     *
     * @param layers so many, from the output down
     * @param seed of the places
     */
    public FrozenModel loadForgetful(Path directory, FrontendOptions options, int layers, long seed) {
        return load(directory, options, new ShuffledWeights(layers, seed));
    }

    /** How many layers with weights a model has. */
    public static int layers(FrozenModel model) {
        return ShuffledWeights.layers(model.original().getNodeList(), model.inputName())
                .size();
    }

    private FrozenModel load(Path directory, FrontendOptions options, UnaryOperator<FlatGraph> weights) {
        ModelDirectory files = ModelDirectory.open(directory);
        MetaGraphDef model = metaGraph(files.savedModel());
        GraphDef graph = model.getGraphDef();
        Signature signature = Signature.choose(model, options);
        Scope main = Scope.main(Body.of(graph));
        NodeDef placeholder = placeholder(signature, main);

        Shape declared = NodeDefs.shape(placeholder);
        Functions functions = new Functions(graph.getLibrary());
        KnownOperations known = new KnownOperations(operations);
        Conformance conformance =
                new Conformance(operations, model.getMetaInfoDef().getStrippedOpList());
        Resolver resolver = new Resolver(
                operations,
                functions,
                signature.input().getName(),
                (self, endpoint) -> constant(
                        new Inliner(self, known, conformance, placeholder, graph.getVersions()), endpoint, declared));
        Inliner inliner = new Inliner(resolver, known, conformance, placeholder, graph.getVersions());
        FlatGraph flat =
                inliner.inline(resolver.resolve(main, signature.output().getName()));

        Set<String> random = new LinkedHashSet<>();
        flat = RandomBlocks.bypass(flat, random);
        FlatGraph original =
                weights.apply(GraphPasses.computable(freeze(flat, files, resolver, functions, main, model)));
        flat = GraphPasses.explainable(original);
        return new FrozenModel(
                flat.toProto(),
                original.toProto(),
                original.output(),
                flat.image(),
                flat.inputType(),
                flat.inputShape(),
                signature.inputKey(),
                flat.output(),
                outputShape(flat),
                signature.outputKey(),
                signature.key(),
                aliases(resolver, flat),
                files.digest(),
                LeftOut.of(signature, random, inliner, resolver, graph, flat),
                files.labels());
    }

    /**
     * SHA-256 over a model's files, in lower-case hex.
     *
     * @throws ModelRefusedException if the directory holds no SavedModel
     */
    public static String digest(Path directory) {
        return ModelDirectory.open(directory).digest();
    }

    /** A tensor that depends on the images' shape at most. */
    private static Optional<TensorProto> constant(Inliner inliner, Endpoint endpoint, Shape input) {
        FlatGraph flat = inliner.inline(endpoint);
        boolean varies = flat.nodes().values().stream()
                .anyMatch(node -> KnownOperations.isVariable(node) || KnownOperations.isRandom(node));
        return varies ? Optional.empty() : ShapeFolder.constant(flat, input);
    }

    /** Has TensorFlow check the whole graph, without its weights. */
    private static Shape outputShape(FlatGraph flat) {
        try (Evaluator evaluator = new Evaluator(Skeleton.of(flat).graph())) {
            return evaluator.shape(flat.output());
        }
    }

    private static Map<String, String> aliases(Resolver resolver, FlatGraph flat) {
        Map<String, String> aliases = new TreeMap<>(resolver.aliases());
        aliases.values().removeIf(tensor -> !flat.nodes().containsKey(TensorRef.nodeOf(tensor)));
        return aliases;
    }

    private static MetaGraphDef metaGraph(SavedModel model) {
        List<MetaGraphDef> graphs = model.getMetaGraphsList();
        List<MetaGraphDef> serving = graphs.stream()
                .filter(graph -> graph.getMetaInfoDef().getTagsList().contains(SERVE))
                .toList();
        if (serving.isEmpty()) {
            // hub modules of TF1: the graph for inference has no tag
            serving = graphs.stream()
                    .filter(graph ->
                            graphs.size() == 1 || graph.getMetaInfoDef().getTagsCount() == 0)
                    .toList();
        }
        if (serving.isEmpty()) {
            throw new ModelRefusedException("the model has no graph tagged '%s', only %s: save it for serving"
                    .formatted(
                            SERVE,
                            graphs.stream()
                                    .map(graph ->
                                            graph.getMetaInfoDef().getTagsList().toString())
                                    .collect(Collectors.joining(", "))));
        }
        return serving.get(0);
    }

    private static FlatGraph freeze(
            FlatGraph flat,
            ModelDirectory files,
            Resolver resolver,
            Functions functions,
            Scope main,
            MetaGraphDef model) {
        if (flat.nodes().values().stream().noneMatch(KnownOperations::isVariable)) {
            return flat;
        }
        Checkpoint checkpoint = Checkpoint.open(files.variables());
        return new VariableFreezer(checkpoint, new VariableKeys(resolver, functions, main, model, checkpoint))
                .freeze(flat);
    }

    /** The placeholder that takes the images, in the place of whatever node the signature names. */
    private static NodeDef placeholder(Signature signature, Scope main) {
        String tensor = signature.input().getName();
        NodeDef node = main.body().node(Resolver.name(tensor));
        Shape shape = signature.inputShape();
        DataType type = signature.input().getDtype();
        if (!IMAGES.contains(type)) {
            throw new ModelRefusedException(
                    "input %s takes %s; images are float32 or uint8: save the model with one of them"
                            .formatted(signature.inputKey(), type));
        }
        Map<String, AttrValue> attributes = node.getAttrMap();
        if (shape.isUnknown() && attributes.containsKey("shape")) {
            shape = TensorProtos.shape(attributes.get("shape").getShape());
        }
        if (shape.isUnknown()) {
            shape = Shape.of(-1, -1, -1, -1);
        }
        if (shape.numDimensions() < 2 || shape.numDimensions() > IMAGE_RANK) {
            throw new ModelRefusedException("input %s has shape %s; images are [N, H, W, C] or [N, C, H, W]"
                    .formatted(signature.inputKey(), shape));
        }
        return NodeDefs.placeholder(node.getName(), type, shape);
    }
}
