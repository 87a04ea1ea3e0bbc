package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/** Computes what does not depend on the image, once. */
final class ConstantFolder implements GraphPass {
    @Override
    public String name() {
        return "constant folding";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        return fold(graph);
    }

    static FlatGraph fold(FlatGraph graph) {
        Set<String> dynamic = graph.after(Set.of(graph.image()));
        if (!dynamic.contains(TensorRef.nodeOf(graph.output()))) {
            throw new ModelRefusedException(
                    "output %s does not depend on input %s".formatted(graph.output(), graph.image()));
        }
        Set<String> computed = frontier(graph, dynamic);
        if (computed.isEmpty()) {
            return graph.upTo(Set.of(graph.output()));
        }
        try (Evaluator evaluator = new Evaluator(graph.upTo(computed))) {
            return graph.fold(evaluator.values(computed));
        }
    }

    /** The computed tensors that the dynamic part takes from the rest. */
    private static Set<String> frontier(FlatGraph graph, Set<String> dynamic) {
        Set<String> frontier = new LinkedHashSet<>();
        for (String name : graph.nodes().keySet()) {
            if (dynamic.contains(name)) {
                for (String input : graph.node(name).getInputList()) {
                    NodeDef producer = graph.node(TensorRef.nodeOf(input));
                    if (!dynamic.contains(producer.getName()) && !NodeDefs.isConstant(producer)) {
                        frontier.add(input);
                    }
                }
            }
        }
        return frontier;
    }
}
