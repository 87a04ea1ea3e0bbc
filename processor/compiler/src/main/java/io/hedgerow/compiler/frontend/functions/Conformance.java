package io.hedgerow.compiler.frontend.functions;

import io.hedgerow.compiler.api.ModelRefusedException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpList;

/**
 * Fits nodes of another TensorFlow to this one's operations. Attributes that were left out because they have their
 * default are written out. One that this TensorFlow does not know is dropped where it has the newer one's default, which
 * keeps the old behaviour, and refused where it has not.
 */
public final class Conformance {
    private static final long MAX_OUTPUTS = 1 << 16;

    private final OperationDefinitions definitions;
    private final Map<String, OpDef> producers = new HashMap<>();

    /**
     * @param producer the operations as the model's own TensorFlow defined them; may be empty
     */
    public Conformance(OperationDefinitions definitions, OpList producer) {
        this.definitions = definitions;
        producer.getOpList().forEach(definition -> producers.put(definition.getName(), definition));
    }

    NodeDef conform(NodeDef node, Endpoint endpoint) {
        OpDef definition = definitions.find(node.getOp());
        if (definition == null) {
            return node;
        }
        NodeDef.Builder conforming = node.toBuilder();
        Set<String> known = new HashSet<>();
        for (OpDef.AttrDef attribute : definition.getAttrList()) {
            known.add(attribute.getName());
            if (attribute.hasDefaultValue() && !node.containsAttr(attribute.getName())) {
                conforming.putAttr(attribute.getName(), attribute.getDefaultValue());
            }
        }
        node.getAttrMap().forEach((name, value) -> {
            if (known.contains(name)) {
                return;
            }
            if (!isDefault(node.getOp(), name, value)) {
                throw new ModelRefusedException(
                        "%s has the attribute %s, which this version of TensorFlow does not know; save the model with TensorFlow 2.16"
                                .formatted(endpoint.where(), name));
            }
            conforming.removeAttr(name);
        });
        NodeDef conformed = conforming.build();
        checkCounts(conformed, definition, endpoint);
        return conformed;
    }

    /** TensorFlow makes room for as many inputs and outputs as a node declares, before it looks for them. */
    private static void checkCounts(NodeDef node, OpDef definition, Endpoint endpoint) {
        long inputs = OperationDefinitions.count(node, definition.getInputArgList());
        if (inputs != node.getInputCount()) {
            throw new ModelRefusedException("%s declares %d inputs but has %d; save the model again"
                    .formatted(endpoint.where(), inputs, node.getInputCount()));
        }
        long outputs = OperationDefinitions.count(node, definition.getOutputArgList());
        if (outputs > MAX_OUTPUTS) {
            throw new ModelRefusedException(
                    "%s declares %d outputs; at most %d are taken".formatted(endpoint.where(), outputs, MAX_OUTPUTS));
        }
    }

    private boolean isDefault(String operation, String attribute, AttrValue value) {
        return producers.getOrDefault(operation, OpDef.getDefaultInstance()).getAttrList().stream()
                .anyMatch(known -> known.getName().equals(attribute)
                        && known.hasDefaultValue()
                        && known.getDefaultValue().equals(value));
    }
}
