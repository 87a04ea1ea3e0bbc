package io.hedgerow.compiler.frontend.functions;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.engine.TensorFlowRuntime;
import java.util.HashMap;
import java.util.List;
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
public final class OperationDefinitions {
    /** Why an operation without a definition is refused. */
    static final String CUSTOM = "a custom operation, unknown to TensorFlow; replace it by standard ones";

    private final Map<String, OpDef> byName = new HashMap<>();

    private OperationDefinitions(OpList list) {
        list.getOpList().forEach(definition -> byName.put(definition.getName(), definition));
    }

    public static OperationDefinitions ofTensorFlow() {
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

    /** The flat index of output {@code index} of an output argument of {@code endpoint}'s node, which may be a list. */
    int port(Endpoint endpoint, String argument, int index) {
        NodeDef node = endpoint.node();
        OpDef definition = byName.get(node.getOp());
        if (definition == null) {
            throw new ModelRefusedException(endpoint.where() + " is needed for the output: " + CUSTOM);
        }
        long port = 0;
        for (OpDef.ArgDef output : definition.getOutputArgList()) {
            if (output.getName().equals(argument)) {
                return Math.toIntExact(Math.min(port + index, Integer.MAX_VALUE));
            }
            port += length(node, output);
        }
        throw new ModelRefusedException("%s has no output %s".formatted(endpoint.where(), argument));
    }

    /** How many tensors the arguments stand for; some are lists, whose length the node says. */
    static long count(NodeDef node, List<OpDef.ArgDef> arguments) {
        return arguments.stream().mapToLong(argument -> length(node, argument)).sum();
    }

    private static long length(NodeDef node, OpDef.ArgDef argument) {
        if (!argument.getNumberAttr().isEmpty()) {
            long number = attribute(node, argument.getNumberAttr()).getI();
            return Math.max(0, Math.min(number, Integer.MAX_VALUE));
        }
        if (!argument.getTypeListAttr().isEmpty()) {
            return attribute(node, argument.getTypeListAttr()).getList().getTypeCount();
        }
        return 1;
    }

    private static AttrValue attribute(NodeDef node, String name) {
        return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
    }
}
