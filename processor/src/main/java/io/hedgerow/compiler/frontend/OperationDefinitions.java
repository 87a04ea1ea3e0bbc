package io.hedgerow.compiler.frontend;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hedgerow.compiler.ModelRefusedException;
import io.hedgerow.engine.TensorFlowRuntime;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpList;

/** The definitions of every operation that this TensorFlow has. */
final class OperationDefinitions {
    private final Map<String, OpDef> byName = new HashMap<>();

    private OperationDefinitions(OpList list) {
        list.getOpList().forEach(definition -> byName.put(definition.getName(), definition));
    }

    static OperationDefinitions ofTensorFlow() {
        TensorFlowRuntime.start();
        TF_Buffer buffer = tensorflow.TF_GetAllOpList();
        try {
            byte[] bytes = new byte[Math.toIntExact(buffer.length())];
            new BytePointer(buffer.data()).get(bytes);
            return new OperationDefinitions(OpList.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("TensorFlow's own list of operations can't be parsed", e);
        } finally {
            tensorflow.TF_DeleteBuffer(buffer);
        }
    }

    @Nullable
    OpDef find(String operation) {
        return byName.get(operation);
    }

    /** The flat index of output {@code index} of a node's output argument, which may be a list. */
    int port(NodeDef node, String argument, int index) {
        OpDef definition = byName.get(node.getOp());
        if (definition == null) {
            throw new ModelRefusedException(
                    "node %s: operation %s is unknown to TensorFlow; custom operations can't be explained"
                            .formatted(node.getName(), node.getOp()));
        }
        int port = 0;
        for (OpDef.ArgDef output : definition.getOutputArgList()) {
            if (output.getName().equals(argument)) {
                return port + index;
            }
            port += length(node, output);
        }
        throw new ModelRefusedException(
                "node %s: operation %s has no output %s".formatted(node.getName(), node.getOp(), argument));
    }

    private static int length(NodeDef node, OpDef.ArgDef output) {
        if (!output.getNumberAttr().isEmpty()) {
            return (int) attribute(node, output.getNumberAttr()).getI();
        }
        if (!output.getTypeListAttr().isEmpty()) {
            return attribute(node, output.getTypeListAttr()).getList().getTypeCount();
        }
        return 1;
    }

    private static AttrValue attribute(NodeDef node, String name) {
        return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
    }
}
