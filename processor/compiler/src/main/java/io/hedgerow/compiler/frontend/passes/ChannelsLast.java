package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.flat.FlatGraphWriter;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Writes layers with channels first (NCHW) as the same layers with channels last between two transposes: on CPUs TensorFlow
 * computes them in no other way. Normalisation and bias it does compute, and Keras uses them on tensors that are no images.
 */
final class ChannelsLast implements GraphPass {
    private static final Set<String> LAYERS =
            Operations.with(Set.of("SpaceToDepth", "DepthToSpace"), Operations.CONVOLUTIONS, Operations.POOLINGS);
    private static final List<String> LISTS = List.of("strides", "dilations", "ksize");
    private static final String FORMAT = "data_format";
    private static final String PADDINGS = "explicit_paddings";
    private static final int[] TO_LAST = {0, 2, 3, 1};
    private static final int[] TO_FIRST = {0, 3, 1, 2};

    @Override
    public String name() {
        return "channels last";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        if (graph.nodes().values().stream().noneMatch(ChannelsLast::isChannelsFirst)) {
            return graph;
        }
        FlatGraphWriter out = new FlatGraphWriter(graph);
        for (NodeDef node : graph.nodes().values()) {
            if (isChannelsFirst(node)) {
                write(node, graph, out);
            } else {
                out.put(node);
            }
        }
        return out.written();
    }

    /** Whether a node is a layer with channels first. */
    static boolean isChannelsFirst(NodeDef node) {
        return LAYERS.contains(node.getOp()) && NodeDefs.text(node, FORMAT).equals("NCHW");
    }

    private static void write(NodeDef layer, FlatGraph graph, FlatGraphWriter out) {
        String name = layer.getName();
        int image = layer.getOp().equals("Conv2DBackpropInput") ? 2 : 0;
        NodeDef.Builder last = layer.toBuilder()
                .setName(last(name, graph))
                .setInput(image, channelsLast(layer.getInput(image), layer, graph, out))
                .putAttr(FORMAT, NodeDefs.attribute("NHWC"));
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
            last.setInput(
                    input,
                    reordering(gathered, TO_LAST, out).gather(gathered, layer.getInput(input), DataType.DT_INT32, out));
        }
        String tensor = out.put(last.build());
        out.put(reordering(name, TO_FIRST, out).transpose(name, tensor, NodeDefs.type(layer, "T")));
    }

    /** A tensor with channels last: the layer's own, where it comes from one that is written anew. */
    private static String channelsLast(String tensor, NodeDef layer, FlatGraph graph, FlatGraphWriter out) {
        NodeDef producer = graph.node(TensorRef.nodeOf(tensor));
        if (isChannelsFirst(producer)) {
            return last(producer.getName(), graph) + ":0";
        }
        String name = out.free(layer.getName() + "/channels_last");
        return out.put(reordering(name, TO_LAST, out).transpose(name, tensor, NodeDefs.type(layer, "T")));
    }

    private static String last(String layer, FlatGraph graph) {
        return graph.free(layer + "/of_channels_last");
    }

    private static Reordering reordering(String name, int[] order, FlatGraphWriter out) {
        return new Reordering(out.constant(name + "/order", TensorProtos.integers(order)), DataType.DT_INT32);
    }

    /** A list for each axis, of one number or of several, in the order of channels last. */
    private static AttrValue permuted(AttrValue list, int each) {
        List<Long> numbers = list.getList().getIList();
        if (numbers.size() != TO_LAST.length * each) {
            return list;
        }
        List<Long> permuted = new ArrayList<>();
        for (int axis : TO_LAST) {
            permuted.addAll(numbers.subList(axis * each, (axis + 1) * each));
        }
        return NodeDefs.numbers(permuted);
    }
}
