package io.hedgerow.compiler.graph;

import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/**
 * A node of the frozen graph.
 *
 * @param definition the node as TensorFlow describes it
 * @param inputs its data inputs, in order
 */
public record Node(NodeDef definition, List<TensorRef> inputs) {

    static Node of(NodeDef definition) {
        return new Node(
                definition,
                definition.getInputList().stream()
                        .filter(input -> !input.startsWith("^"))
                        .map(TensorRef::parse)
                        .toList());
    }

    public String name() {
        return definition.getName();
    }

    public String operation() {
        return definition.getOp();
    }

    public TensorRef input(int index) {
        return inputs.get(index);
    }

    public TensorRef output() {
        return new TensorRef(name(), 0);
    }

    public boolean has(String attribute) {
        return definition.containsAttr(attribute);
    }

    public String text(String attribute, String absent) {
        return has(attribute) ? attribute(attribute).getS().toStringUtf8() : absent;
    }

    public long number(String attribute, long absent) {
        return has(attribute) ? attribute(attribute).getI() : absent;
    }

    public float real(String attribute, float absent) {
        return has(attribute) ? attribute(attribute).getF() : absent;
    }

    public boolean flag(String attribute) {
        return has(attribute) && attribute(attribute).getB();
    }

    /** A list of integers; empty if the attribute is absent. */
    public List<Long> numbers(String attribute) {
        return has(attribute) ? attribute(attribute).getList().getIList() : List.of();
    }

    private AttrValue attribute(String name) {
        return definition.getAttrOrThrow(name);
    }

    @Override
    public String toString() {
        return operation() + " '" + name() + "'";
    }
}
