package io.hedgerow.compiler.graph;

import java.util.Set;
import org.tensorflow.proto.NodeDef;

/** Which operation is which: the one place that says so. */
public final class Operations {
    private static final Set<String> CONVOLUTIONS = Set.of("Conv2D", "DepthwiseConv2dNative", "Conv2DBackpropInput");
    private static final Set<String> POOLING = Set.of("MaxPool", "MaxPoolV2", "AvgPool");
    private static final Set<String> NORMALISATIONS = Set.of("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3");
    private static final Set<String> CONCATENATIONS = Set.of("Concat", "ConcatV2");

    private static final Set<String> PADDINGS = Set.of("Pad", "PadV2", "MirrorPad");

    private Operations() {}

    /** Whether it convolves, or does so backwards: a transposed convolution is the gradient of one. */
    public static boolean isConvolution(Node node) {
        return CONVOLUTIONS.contains(node.operation());
    }

    public static boolean isTransposedConvolution(Node node) {
        return isTransposedConvolution(node.definition());
    }

    public static boolean isTransposedConvolution(NodeDef node) {
        return node.getOp().equals("Conv2DBackpropInput");
    }

    /** What a convolution convolves. */
    public static TensorRef convolved(Node convolution) {
        return convolution.input(isTransposedConvolution(convolution) ? 2 : 0);
    }

    /** Whether it is a pooling over windows, by maximum or mean. */
    public static boolean isPooling(Node node) {
        return POOLING.contains(node.operation());
    }

    /** Whether an operation rounds as if what it takes were quantised, as training for quantised weights does. */
    public static boolean isRounding(String operation) {
        return operation.startsWith("FakeQuantWithMinMax") || operation.startsWith("QuantizeAndDequantize");
    }

    /** Whether it is batch normalisation as one operation. */
    public static boolean isNormalisation(Node node) {
        return NORMALISATIONS.contains(node.operation());
    }

    /** Whether a normalisation goes by what was seen in training, not by the image's own mean and variance. */
    public static boolean isByStoredStatistics(Node node) {
        return node.has("is_training") && !node.flag("is_training");
    }

    /** Whether it adds numbers around a tensor: zeros, a constant, or its own as in a mirror. */
    public static boolean isPadding(NodeDef node) {
        return PADDINGS.contains(node.getOp());
    }

    public static boolean isConcatenation(Node node) {
        return CONCATENATIONS.contains(node.operation());
    }
}
