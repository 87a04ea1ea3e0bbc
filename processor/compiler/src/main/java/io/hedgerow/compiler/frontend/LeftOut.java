package io.hedgerow.compiler.frontend;

import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.functions.Inliner;
import io.hedgerow.compiler.frontend.functions.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.GraphDef;

/** What a model was saved with and its explanation does without, a sentence each. */
final class LeftOut {
    private LeftOut() {}

    static List<String> of(
            Signature signature,
            Set<String> random,
            Inliner inliner,
            Resolver resolver,
            GraphDef graph,
            FlatGraph flat) {
        List<String> dropped = new ArrayList<>();
        for (String output : signature.others()) {
            dropped.add("output %s of signature %s".formatted(output, signature.key()));
        }
        for (String layer : random) {
            dropped.add("live random augmentation " + layer);
        }
        count(dropped, resolver.decided().size(), "branches that inference does not take");
        count(dropped, inliner.variableWrites(), "writes to variables");
        count(dropped, inliner.controlEdges(), "control edges");
        int nodes = graph.getNodeCount()
                + graph.getLibrary().getFunctionList().stream()
                        .mapToInt(function -> function.getNodeDefCount())
                        .sum();
        dropped.add("%d nodes and %d functions became %d nodes"
                .formatted(
                        nodes,
                        graph.getLibrary().getFunctionCount(),
                        flat.nodes().size()));
        return dropped;
    }

    private static void count(List<String> dropped, long count, String what) {
        if (count > 0) {
            dropped.add(count + " " + what);
        }
    }
}
