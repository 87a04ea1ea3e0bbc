package io.hedgerow.compiler.frontend.functions;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.files.Checkpoint;
import io.hedgerow.compiler.frontend.flat.ConstantLimits;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Puts the checkpoint's values in the place of variables. */
public final class VariableFreezer {
    private final Checkpoint checkpoint;
    private final VariableKeys keys;
    private long total;

    public VariableFreezer(Checkpoint checkpoint, VariableKeys keys) {
        this.checkpoint = checkpoint;
        this.keys = keys;
    }

    public FlatGraph freeze(FlatGraph graph) {
        return graph.map(node -> KnownOperations.isVariable(node) ? constant(node) : node);
    }

    private NodeDef constant(NodeDef variable) {
        DataType type = NodeDefs.type(variable, NodeDefs.DTYPE);
        TensorProto value = checkpoint.read(keys.of(variable), type, variable.getName());
        Shape declared = TensorProtos.shape(variable.getAttrOrDefault("shape", AttrValue.getDefaultInstance())
                .getShape());
        Shape held = TensorProtos.shape(value.getTensorShape());
        if (!declared.isCompatibleWith(held)) {
            throw new ModelRefusedException("variable %s is declared with shape %s, the checkpoint holds %s"
                    .formatted(variable.getName(), declared, held));
        }
        total += value.getTensorContent().size();
        if (total > ConstantLimits.MAX_TOTAL_BYTES) {
            throw new ModelRefusedException("the model's variables take more than %d bytes, the most that is taken"
                    .formatted(ConstantLimits.MAX_TOTAL_BYTES));
        }
        return NodeDefs.constant(variable.getName(), value);
    }
}
