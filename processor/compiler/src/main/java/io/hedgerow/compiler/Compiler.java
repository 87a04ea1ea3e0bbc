package io.hedgerow.compiler;

import io.hedgerow.compiler.analysis.Footprint;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.check.SelfCheck;
import io.hedgerow.compiler.frontend.FrontendOptions;
import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.frontend.SavedModelReader;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.HeadFinder;
import io.hedgerow.compiler.graph.InputTensors;
import io.hedgerow.compiler.graph.Layout;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.NetworkSummary;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.ExplanationGraph;
import io.hedgerow.compiler.method.Method;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes explanation SavedModels in this process: one graph that computes scores, predictions and hedged attribution maps
 * together.
 *
 * <p>The user's model is parsed and checked, never loaded by TensorFlow. Thread-safe.
 */
public final class Compiler implements ModelCompiler {
    private static final int STEPS = 5;

    private @Nullable SavedModelReader reader;

    @Override
    public ExplanationInfo compile(Path model, CompileOptions options, Path out, CompileProgress progress)
            throws IOException {
        List<Method> methods = Methods.of(options);
        progress.show(0, STEPS, "reading the model");
        return compile(reader().load(model, of(options)), options, methods, out, progress);
    }

    /**
     * Compiles a classifier some of whose layers have forgotten what they learned, to be compared with the one that it was: a map
     * that stays the same does not depend on what was learned.
     *
     * @param layers so many, from the output down
     * @param seed of what takes the place of what was learned
     * @throws ModelRefusedException if what is left can't be explained
     */
    public ExplanationInfo compileForgetful(Path model, CompileOptions options, int layers, long seed, Path out)
            throws IOException {
        return compile(
                reader().loadForgetful(model, of(options), layers, seed),
                options,
                Methods.of(options),
                out,
                CompileProgress.NONE);
    }

    /** How many layers with weights a classifier has. */
    public int layers(Path model, CompileOptions options) {
        return SavedModelReader.layers(reader().load(model, of(options)));
    }

    private static FrontendOptions of(CompileOptions options) {
        return new FrontendOptions(options.signature(), options.output());
    }

    private static ExplanationInfo compile(
            FrozenModel frozen, CompileOptions options, List<Method> methods, Path out, CompileProgress progress)
            throws IOException {
        progress.show(1, STEPS, "finding its parts");
        Network network = new Network(frozen.graph(), frozen.inputName());
        TensorRef output = TensorRef.parse(frozen.outputTensor());
        Head head = new HeadFinder(network, frozen.aliases()).find(output, options.referenceLayer());
        progress.show(2, STEPS, "writing the explanation");
        InputLayers layers = new InputLayers(frozen, network);
        SelfCheck check = new SelfCheck(frozen, network, head, ExplanationGraph.imageParameters(methods));
        ExplanationGraph explanation = ExplanationGraph.of(
                frozen.graph(),
                network,
                head,
                output,
                methods,
                options.precision(),
                layers::window,
                (graph, checks) -> {
                    progress.show(3, STEPS, CompileProgress.CHECKING);
                    check.check(graph, checks);
                });

        progress.show(4, STEPS, "saving it");
        Files.createDirectories(out);
        long bytes = new ExplanationWriter(
                        EpsilonGuard.of(explanation.definition()),
                        frozen.inputName(),
                        frozen.inputType(),
                        frozen.inputShape().asArray(),
                        explanation.explanations())
                .write(out);
        layers.write(out);
        ExplanationInfo info = describe(frozen, network, head, layers, explanation, options.precision(), check, bytes);
        Files.writeString(out.resolve(ExplanationInfo.FILE), info.toJson());
        return info;
    }

    /**
     * Computes what tells the result of compiling apart: it depends on the model's contents, the options, the
     * methods' versions and parameters, and the compiler itself.
     *
     * @throws ModelRefusedException if the directory holds no SavedModel
     * @throws IOException if the compiler's own code can't be read
     */
    public static String fingerprint(Path model, CompileOptions options) throws IOException {
        Stream<String> methods = Methods.of(options).stream()
                .map(method -> method.name() + " " + method.version() + " " + new TreeMap<>(method.parameters()));
        return Stream.concat(
                        Stream.of(
                                ExplanationInfo.FORMAT,
                                CompilerIdentity.digest(),
                                SavedModelReader.digest(model),
                                options.fingerprint()),
                        methods)
                .collect(Collectors.joining("\n"));
    }

    /** Kept: TensorFlow takes a while to list its operations. */
    private synchronized SavedModelReader reader() {
        SavedModelReader present = reader;
        if (present == null) {
            TensorFlowRuntime.start();
            present = new SavedModelReader();
            reader = present;
        }
        return present;
    }

    private static ExplanationInfo describe(
            FrozenModel frozen,
            Network network,
            Head head,
            InputLayers input,
            ExplanationGraph explanation,
            Precision precision,
            SelfCheck check,
            long bytes) {
        int scores = head.scoreCount(network);
        NetworkSummary stages = new NetworkSummary(network);
        return new ExplanationInfo(
                ExplanationInfo.FORMAT,
                frozen.digest(),
                frozen.signatureKey(),
                input.input(frozen, new InputTensors(network).before(head.features())),
                new ExplanationInfo.Output(frozen.outputKey(), head.activation(), head.kind()),
                stages.preprocessing(),
                stages.head(head),
                scores,
                Math.max(scores, 2),
                head.features().stream()
                        .map(features ->
                                new ExplanationInfo.ReferenceLayer(features.toString(), sizes(network, features)))
                        .toList(),
                precision,
                frozen.dropped(),
                stages.unexplained(head),
                explanation.explanations().stream()
                        .map(one -> describe(one, input))
                        .toList(),
                check.findings(),
                frozen.labels(),
                bytes,
                new Footprint(network).bytes(passes(explanation)));
    }

    private static ExplanationInfo.Method describe(ExplanationGraph.Explanation explanation, InputLayers input) {
        Method method = explanation.method();
        List<ExplanationInfo.Layer> layers = input.layers(explanation.maps());
        return new ExplanationInfo.Method(
                method.name(),
                method.version(),
                method.parameters(),
                method.imageParameters(),
                input.mapSize(layers),
                layers,
                explanation.result().families(),
                explanation.result().linear());
    }

    /** How often a forward pass is there at once: gradients keep one of rows by class, and those at samples have one of their own. */
    private static int passes(ExplanationGraph explanation) {
        List<Method> methods = explanation.explanations().stream()
                .map(ExplanationGraph.Explanation::method)
                .toList();
        int sampled = (int)
                methods.stream().filter(method -> method.samples().isPresent()).count();
        return 1 + (methods.stream().anyMatch(Method::takesInputGradients) ? 1 : 0) + 2 * sampled;
    }

    /** Height, width and channels. */
    private static List<Long> sizes(Network network, TensorRef tensor) {
        long[] shape = network.shape(tensor).orElseThrow();
        Layout layout = network.layout(tensor);
        return Stream.of(layout.height(), layout.width(), layout.channel())
                .map(axis -> axis < 0 ? -1 : shape[axis])
                .toList();
    }
}
