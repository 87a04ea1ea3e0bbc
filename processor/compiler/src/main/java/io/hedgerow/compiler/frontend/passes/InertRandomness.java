package io.hedgerow.compiler.frontend.passes;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.Constants;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.functions.KnownOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Takes out random numbers that change nothing, as those of a dropout whose keep probability was left at 1. They are
 * replaced by the smallest, the middle and the largest number that they can be: where the folded graph is the same each
 * time, they have no effect; where it is not, the model is random and refused.
 */
public final class InertRandomness {
    private static final Set<String> UNIFORM =
            Set.of("RandomUniform", "StatelessRandomUniform", "StatelessRandomUniformV2");
    private static final float[] SAMPLES = {0, 0.5f, Math.nextDown(1f)};

    private InertRandomness() {}

    public static FlatGraph settle(FlatGraph graph) {
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
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(sample).flip();
        var value = Constants.tensor(DataType.DT_FLOAT, Shape.scalar(), ByteString.copyFrom(bytes));
        FlatGraph sampled = graph.map(node -> isUniform(node) ? Constants.node(node.getName(), value) : node)
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
        return UNIFORM.contains(node.getOp()) && Constants.type(node, Constants.DTYPE) == DataType.DT_FLOAT;
    }

    private static ModelRefusedException refused(NodeDef node) {
        return new ModelRefusedException(
                "node %s (operation %s) is random: a random model can't be explained; save it for inference, with training=False, or without this layer"
                        .formatted(node.getName(), node.getOp()));
    }
}
