package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.functions.KnownOperations;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Takes out random numbers that change nothing, as those of a dropout whose keep probability was left at 1. They are
 * replaced by the smallest, the middle and the largest number that they can be: where the folded graph is the same each
 * time, they have no effect; where it is not, the model is random and refused.
 */
final class InertRandomness implements GraphPass {
    private static final Set<String> UNIFORM =
            Set.of("RandomUniform", "StatelessRandomUniform", "StatelessRandomUniformV2");
    private static final float[] SAMPLES = {0, 0.5f, Math.nextDown(1f)};

    @Override
    public String name() {
        return "inert randomness";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        Optional<NodeDef> random = graph.nodes().values().stream()
                .filter(KnownOperations::isRandom)
                .findFirst();
        if (random.isEmpty()) {
            return graph;
        }
        List<FlatGraph> settled = new ArrayList<>();
        for (float sample : SAMPLES) {
            settled.add(ConstantFolder.fold(withSample(graph, sample)));
        }
        if (settled.stream().distinct().count() > 1) {
            throw refused(random.get());
        }
        return settled.get(0);
    }

    private static FlatGraph withSample(FlatGraph graph, float sample) {
        TensorProto value = TensorProtos.number(sample);
        FlatGraph sampled = graph.map(node -> isUniform(node) ? NodeDefs.constant(node.getName(), value) : node)
                .upTo(Set.of(graph.output()));
        sampled.nodes().values().stream()
                .filter(KnownOperations::isRandom)
                .findFirst()
                .ifPresent(node -> {
                    throw refused(node);
                });
        return sampled;
    }

    private static boolean isUniform(NodeDef node) {
        return UNIFORM.contains(node.getOp()) && NodeDefs.type(node, NodeDefs.DTYPE) == DataType.DT_FLOAT;
    }

    private static ModelRefusedException refused(NodeDef node) {
        return new ModelRefusedException(
                "node %s (operation %s) is random: a random model can't be explained; save it for inference, with training=False, or without this layer"
                        .formatted(node.getName(), node.getOp()));
    }
}
