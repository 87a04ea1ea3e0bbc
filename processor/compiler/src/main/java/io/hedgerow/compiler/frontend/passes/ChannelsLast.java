package io.hedgerow.compiler.frontend.passes;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.frontend.flat.Constants;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Writes layers with channels first (NCHW) as the same layers with channels last between two transposes: on CPUs TensorFlow
 * computes them in no other way. Normalisation and bias it does compute, and Keras uses them on tensors that are no images.
 */
public final class ChannelsLast {
    private static final Set<String> LAYERS = Set.of(
            "Conv2D",
            "DepthwiseConv2dNative",
            "Conv2DBackpropInput",
            "MaxPool",
            "MaxPoolV2",
            "AvgPool",
            "SpaceToDepth",
            "DepthToSpace");
    private static final List<String> LISTS = List.of("strides", "dilations", "ksize");
    private static final String FORMAT = "data_format";
    private static final String PADDINGS = "explicit_paddings";
    private static final int[] TO_LAST = {0, 2, 3, 1};
    private static final int[] TO_FIRST = {0, 3, 1, 2};

    private final FlatGraph graph;
    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
    /** The layers that were written anew. */
    private final Set<String> layers = new HashSet<>();

    private ChannelsLast(FlatGraph graph) {
        this.graph = graph;
    }

    public static FlatGraph of(FlatGraph graph) {
        return graph.nodes().values().stream().anyMatch(ChannelsLast::isChannelsFirst)
                ? new ChannelsLast(graph).write()
                : graph;
    }

    /** Whether a node is a layer with channels first. */
    static boolean isChannelsFirst(NodeDef node) {
        return LAYERS.contains(node.getOp())
                && node.getAttrOrDefault(FORMAT, AttrValue.getDefaultInstance())
                        .getS()
                        .toStringUtf8()
                        .equals("NCHW");
    }

    private FlatGraph write() {
        for (NodeDef node : graph.nodes().values()) {
            if (isChannelsFirst(node)) {
                write(node);
            } else {
                put(node);
            }
        }
        return new FlatGraph(nodes, graph.image(), graph.output(), graph.versions()).upTo(List.of(graph.output()));
    }

    private void write(NodeDef layer) {
        String name = layer.getName();
        int image = layer.getOp().equals("Conv2DBackpropInput") ? 2 : 0;
        NodeDef.Builder last = layer.toBuilder()
                .setName(last(name))
                .setInput(image, channelsLast(layer.getInput(image), layer))
                .putAttr(
                        FORMAT,
                        AttrValue.newBuilder()
                                .setS(ByteString.copyFromUtf8("NHWC"))
                                .build());
        for (String attribute : LISTS) {
            if (layer.containsAttr(attribute)) {
                last.putAttr(attribute, permuted(layer.getAttrOrThrow(attribute), 1));
            }
        }
        if (layer.containsAttr(PADDINGS)) {
            last.putAttr(PADDINGS, permuted(layer.getAttrOrThrow(PADDINGS), 2));
        }
        // sizes that are inputs: of what comes out, of windows, of strides
        int[] sizes =
                switch (layer.getOp()) {
                    case "Conv2DBackpropInput" -> new int[] {0};
                    case "MaxPoolV2" -> new int[] {1, 2};
                    default -> new int[0];
                };
        for (int input : sizes) {
            String gathered = name + "/sizes_" + input;
            reordering(gathered, TO_LAST)
                    .gather(gathered, layer.getInput(input), DataType.DT_INT32)
                    .forEach(this::put);
            last.setInput(input, gathered + ":0");
        }
        put(last.build());
        layers.add(name);
        transpose(name, last(name) + ":0", TO_FIRST, Constants.type(layer, "T"));
    }

    /** A tensor with channels last: the layer's own, where it comes from one that was written anew. */
    private String channelsLast(String tensor, NodeDef layer) {
        String producer = FlatGraph.nodeOf(tensor);
        if (layers.contains(producer)) {
            return last(producer) + ":0";
        }
        String name = layer.getName() + "/channels_last";
        transpose(name, tensor, TO_LAST, Constants.type(layer, "T"));
        return name + ":0";
    }

    private static String last(String layer) {
        return layer + "/of_channels_last";
    }

    private void transpose(String name, String tensor, int[] order, DataType type) {
        put(reordering(name, order).transpose(name, tensor, type));
    }

    private Reordering reordering(String name, int[] order) {
        put(integers(name + "/order", order));
        return new Reordering(name + "/order:0", DataType.DT_INT32);
    }

    private static NodeDef integers(String name, int[] values) {
        long[] wide = Arrays.stream(values).asLongStream().toArray();
        return Constants.node(name, Constants.integers(DataType.DT_INT32, Shape.of(wide.length), wide));
    }

    /** A list for each axis, of one number or of several, in the order of channels last. */
    private static AttrValue permuted(AttrValue list, int each) {
        List<Long> numbers = list.getList().getIList();
        if (numbers.size() != TO_LAST.length * each) {
            return list;
        }
        AttrValue.ListValue.Builder permuted = AttrValue.ListValue.newBuilder();
        for (int axis : TO_LAST) {
            permuted.addAllI(numbers.subList(axis * each, (axis + 1) * each));
        }
        return AttrValue.newBuilder().setList(permuted).build();
    }

    private void put(NodeDef node) {
        nodes.put(node.getName(), node);
    }
}
