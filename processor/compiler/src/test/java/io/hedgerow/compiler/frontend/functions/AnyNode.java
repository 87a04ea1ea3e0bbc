package io.hedgerow.compiler.frontend.functions;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorShapeProto;

/** A graph of one node of any operation, fed with placeholders: nothing is known of it but that TensorFlow accepts it. */
public final class AnyNode {
    public static final String NAME = "node";
    public static final String INPUT = "input_";

    private final OpDef definition;

    public AnyNode(OperationDefinitions definitions, String operation) {
        this.definition = Objects.requireNonNull(definitions.find(operation), operation);
    }

    /** The graph; placeholders are {@link #INPUT}0 and so on. */
    public GraphDef graph() {
        NodeDef.Builder node = NodeDef.newBuilder().setName(NAME).setOp(definition.getName());
        for (OpDef.AttrDef attribute : definition.getAttrList()) {
            node.putAttr(attribute.getName(), value(attribute));
        }
        List<NodeDef> placeholders = new ArrayList<>();
        for (OpDef.ArgDef argument : definition.getInputArgList()) {
            DataType type = !argument.getTypeListAttr().isEmpty()
                    ? DataType.DT_FLOAT
                    : argument.getTypeAttr().isEmpty()
                            ? argument.getType()
                            : node.getAttrOrThrow(argument.getTypeAttr()).getType();
            long count = argument.getNumberAttr().isEmpty()
                    ? 1
                    : node.getAttrOrThrow(argument.getNumberAttr()).getI();
            for (int i = 0; i < count; i++) {
                String name = INPUT + placeholders.size();
                placeholders.add(NodeDef.newBuilder()
                        .setName(name)
                        .setOp("Placeholder")
                        .putAttr("dtype", AttrValue.newBuilder().setType(type).build())
                        .putAttr(
                                "shape",
                                AttrValue.newBuilder().setShape(shape(argument)).build())
                        .build());
                node.addInput(name);
            }
        }
        return GraphDef.newBuilder().addAllNode(placeholders).addNode(node).build();
    }

    private static AttrValue value(OpDef.AttrDef attribute) {
        AttrValue.Builder value = AttrValue.newBuilder();
        boolean floats = attribute.getAllowedValues().getList().getTypeList().contains(DataType.DT_FLOAT)
                || !attribute.hasAllowedValues();
        if (attribute.getType().equals("type") && floats && isOfValues(attribute.getName())) {
            return value.setType(DataType.DT_FLOAT).build();
        }
        if (attribute.hasDefaultValue()) {
            return attribute.getDefaultValue();
        }
        return switch (attribute.getType()) {
            case "type" ->
                value.setType(attribute.getAllowedValues().getList().getType(0)).build();
            case "int" -> value.setI(Math.max(2, attribute.getMinimum())).build();
            case "float" -> value.setF(1).build();
            case "bool" -> value.setB(false).build();
            case "string" ->
                value.setS(
                                attribute.getName().equals("equation")
                                        ? ByteString.copyFromUtf8("ij,jk->ik")
                                        : attribute.getAllowedValues().getList().getSCount() > 0
                                                ? attribute
                                                        .getAllowedValues()
                                                        .getList()
                                                        .getS(0)
                                                : ByteString.copyFromUtf8("NEAREST"))
                        .build();
            case "list(type)" ->
                value.setList(AttrValue.ListValue.newBuilder().addType(DataType.DT_FLOAT))
                        .build();
            case "list(int)" ->
                value.setList(AttrValue.ListValue.newBuilder().addAllI(List.of(1L, 1L, 1L, 1L)))
                        .build();
            case "list(float)" ->
                value.setList(AttrValue.ListValue.newBuilder().addAllF(List.of(1f, 1f, 1f, 1f)))
                        .build();
            default -> value.build();
        };
    }

    /** Unknown, but where operations are picky. */
    private static TensorShapeProto shape(OpDef.ArgDef argument) {
        return argument.getName().equals("block_shape")
                ? TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(2))
                        .build()
                : TensorShapeProto.newBuilder().setUnknownRank(true).build();
    }

    private static boolean isOfValues(String name) {
        return name.equals("T") || name.equals("SrcT") || name.equals("DstT") || name.equals("Tparams");
    }
}
