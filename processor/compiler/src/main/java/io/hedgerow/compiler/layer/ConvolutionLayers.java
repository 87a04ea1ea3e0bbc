package io.hedgerow.compiler.layer;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;

/** The places of a network where convolution layers end: rules differ between the first ones and those after them. */
public final class ConvolutionLayers {
    /** What {@link #isFirstLayer} covers, for people. */
    public static final String FIRST_LAYERS =
            "Conv2D, Conv2DBackpropInput, DepthwiseConv2dNative with no convolution before them";

    /** What {@link #isLaterLayer} covers, for people. */
    public static final String LATER_LAYERS =
            "Conv2D, Conv2DBackpropInput, DepthwiseConv2dNative, also between SpaceToBatchND and BatchToSpaceND";

    private ConvolutionLayers() {}

    /** Whether a layer ends at this node: a convolution by itself, or one between SpaceToBatchND and BatchToSpaceND. */
    public static boolean isLayer(Node node, Network network) {
        return Operations.isConvolution(node) || Blocks.endingAt(node, network).isPresent();
    }

    /** Whether a layer ends at this node and no convolution is before it. */
    public static boolean isFirstLayer(Node node, Network network) {
        return isLayer(node, network) && convolutionsBefore(node, network) == 0;
    }

    /** Whether a layer ends at this node and a convolution is before it. */
    public static boolean isLaterLayer(Node node, Network network) {
        return isLayer(node, network) && convolutionsBefore(node, network) > 0;
    }

    /** Convolutions on the longest path from the image to what this layer convolves. */
    public static int convolutionsBefore(Node layer, Network network) {
        TensorRef input =
                Blocks.endingAt(layer, network).map(Blocks::input).orElseGet(() -> Operations.convolved(layer));
        return network.convolutions(input);
    }
}
