package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.functions.Predicates;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Replaces a choice that is always the same by what it chooses, as a dropout leaves it whose mask became constant. */
final class SelectFolder implements GraphPass {
    private static final Set<String> SELECTS = Set.of("Select", "SelectV2");

    @Override
    public String name() {
        return "choices folded";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        for (String name : graph.nodes().keySet()) {
            // an earlier choice may have changed this one's inputs, or taken it away
            NodeDef node = graph.nodes().get(name);
            Optional<String> chosen =
                    node == null || !SELECTS.contains(node.getOp()) ? Optional.empty() : chosen(graph, node);
            if (chosen.isPresent()) {
                graph = graph.bypass(name + ":0", chosen.get());
            }
        }
        return graph;
    }

    /** The input taken, if condition and rejected input are scalars, so that neither lends its shape to the result. */
    private static Optional<String> chosen(FlatGraph graph, NodeDef select) {
        Optional<TensorProto> condition = scalar(graph, select.getInput(0));
        if (condition.isEmpty()) {
            return Optional.empty();
        }
        boolean taken = Predicates.truth(condition.get());
        String rejected = select.getInput(taken ? 2 : 1);
        return scalar(graph, rejected).map(value -> select.getInput(taken ? 1 : 2));
    }

    private static Optional<TensorProto> scalar(FlatGraph graph, String tensor) {
        NodeDef node = graph.node(TensorRef.nodeOf(tensor));
        return Optional.of(node)
                .filter(NodeDefs::isConstant)
                .map(NodeDefs::value)
                .filter(value -> TensorProtos.shape(value.getTensorShape()).equals(Shape.scalar()));
    }
}
