package io.hedgerow.compiler.graph;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/** Operations by kind, under all names that TensorFlow has had for them: the one place that says which is which. */
public final class Operations {
    /** Convolutions, of which the last does so backwards. */
    public static final Set<String> CONVOLUTIONS = Set.of("Conv2D", "DepthwiseConv2dNative", "Conv2DBackpropInput");

    /** Poolings over windows, by maximum or mean. */
    public static final Set<String> POOLINGS = Set.of("MaxPool", "MaxPoolV2", "AvgPool");

    /** Batch normalisation as one operation. */
    public static final Set<String> NORMALISATIONS = Set.of("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3");

    /** Products of matrices. */
    public static final Set<String> MATRIX_PRODUCTS =
            Set.of("MatMul", "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3", "Einsum");

    /** Those that leave out axes. */
    public static final Set<String> REDUCTIONS =
            Set.of("Mean", "Sum", "Max", "Min", "Prod", "EuclideanNorm", "All", "Any", "ArgMax", "ArgMin");

    /** Sums and products of two, entry by entry. */
    public static final Set<String> AFFINE = Set.of("Add", "AddV2", "Sub", "Mul", "RealDiv", "Div");

    /** Sums, of which the last takes any number. */
    public static final Set<String> SUMS = Set.of("Add", "AddV2", "AddN");

    /** Those that lay tensors side by side. */
    public static final Set<String> CONCATENATIONS = Set.of("Concat", "ConcatV2");

    /** Those that add numbers around a tensor: a constant, or its own as in a mirror. */
    public static final Set<String> PADDINGS = Set.of("Pad", "PadV2", "MirrorPad");

    /** Those that change axes and move nothing. */
    public static final Set<String> RESHAPES = Set.of("Reshape", "Squeeze", "ExpandDims");

    /** Those that are level but for jumps. */
    public static final Set<String> STEPS = Set.of("Sign", "Floor", "Ceil", "Round", "Rint");

    /** Those that say which of several numbers is the largest or smallest, or which are. */
    public static final Set<String> CHOICES = Set.of("ArgMax", "ArgMin", "TopK", "TopKV2");

    /** Those that compare two numbers, and say whether. */
    public static final Set<String> COMPARISONS =
            Set.of("Greater", "GreaterEqual", "Less", "LessEqual", "Equal", "NotEqual");

    /** Those that ask what shape a tensor has, not what it holds. */
    public static final Set<String> OF_SHAPE = Set.of("Shape", "ShapeN", "Size", "Rank");

    private Operations() {}

    /** Whether numbers that it gives are level but for jumps, as of a comparison. */
    public static boolean isJump(Node node) {
        NodeDef definition = node.definition();
        return STEPS.contains(node.operation())
                ? NodeDefs.type(definition, "T") == DataType.DT_FLOAT
                : node.operation().equals("Cast")
                        && NodeDefs.type(definition, "SrcT") == DataType.DT_BOOL
                        && NodeDefs.type(definition, "DstT") == DataType.DT_FLOAT;
    }

    /** Operations of several kinds, and some by name. */
    @SafeVarargs
    public static Set<String> with(Set<String> names, Set<String>... kinds) {
        return Stream.concat(Stream.of(names), Stream.of(kinds))
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

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
        return POOLINGS.contains(node.operation());
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
