package io.hedgerow.compiler;

import io.hedgerow.compiler.check.SelfCheck;
import io.hedgerow.compiler.frontend.FrontendOptions;
import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.frontend.SavedModelReader;
import io.hedgerow.compiler.network.Head;
import io.hedgerow.compiler.network.HeadFinder;
import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.Stages;
import io.hedgerow.compiler.network.TensorRef;
import io.hedgerow.compiler.rules.ExplanationGraph;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        progress.show(0, STEPS, "reading the model");
        FrozenModel frozen = reader().load(model, new FrontendOptions(options.signature(), options.output()));
        progress.show(1, STEPS, "finding its parts");
        Network network = new Network(frozen.graph(), frozen.inputName());
        TensorRef output = TensorRef.parse(frozen.outputTensor());
        Head head = new HeadFinder(network, frozen.aliases()).find(output, options.referenceLayer());
        progress.show(2, STEPS, "writing the explanation");
        SelfCheck check = new SelfCheck(frozen, network, head, options.precision());
        ExplanationGraph explanation =
                ExplanationGraph.of(frozen.graph(), network, head, output, options.precision(), (graph, invariants) -> {
                    progress.show(3, STEPS, CompileProgress.CHECKING);
                    check.check(graph, invariants);
                });

        progress.show(4, STEPS, "saving it");
        Files.createDirectories(out);
        long bytes = new ExplanationWriter(
                        EpsilonGuard.of(explanation.definition()),
                        frozen.inputName(),
                        frozen.inputType(),
                        frozen.inputShape().asArray())
                .write(out);
        ExplanationInfo info = describe(frozen, network, head, explanation, options.precision(), check, bytes);
        Files.writeString(out.resolve(ExplanationInfo.FILE), info.toJson());
        return info;
    }

    /**
     * Computes what tells the result of compiling apart: it depends on the model's contents, the options and the
     * compiler itself.
     *
     * @throws ModelRefusedException if the directory holds no SavedModel
     * @throws IOException if the compiler's own code can't be read
     */
    public static String fingerprint(Path model, CompileOptions options) throws IOException {
        return String.join("\n", CompilerIdentity.digest(), SavedModelReader.digest(model), options.fingerprint());
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
            ExplanationGraph explanation,
            Precision precision,
            SelfCheck check,
            long bytes) {
        long[] input = frozen.inputShape().asArray();
        long[] map = network.shape(explanation.mapInput()).orElse(new long[] {-1, -1, -1, -1});
        int scores = ExplanationGraph.scoreCount(network, head);
        List<Long> reference = Arrays.stream(network.shape(head.reference()).orElseThrow())
                .skip(1)
                .boxed()
                .toList();
        Stages stages = new Stages(network);
        return new ExplanationInfo(
                ExplanationInfo.RULES_VERSION,
                frozen.digest(),
                frozen.signatureKey(),
                new ExplanationInfo.Input(frozen.inputKey(), frozen.inputType().name(), input[1], input[2], input[3]),
                new ExplanationInfo.Output(frozen.outputKey(), head.activation()),
                stages.preprocessing(),
                stages.head(head),
                scores,
                Math.max(scores, 2),
                head.reference().toString(),
                reference,
                new ExplanationInfo.MapSize(map[1], map[2]),
                explanation.families(),
                precision,
                dropped(frozen, stages, head),
                check.findings(),
                frozen.labels(),
                bytes,
                ExplanationGraph.bytesPerImage(network));
    }

    private static List<String> dropped(FrozenModel frozen, Stages stages, Head head) {
        List<String> dropped = new ArrayList<>(frozen.dropped());
        List<String> unexplained = stages.unexplained(head);
        if (!unexplained.isEmpty()) {
            dropped.add(
                    "of the explanation, not of the scores: %d convolutions from '%s' on, which lead past the reference layer"
                            .formatted(unexplained.size(), unexplained.get(0)));
        }
        return List.copyOf(dropped);
    }
}
