package io.hedgerow.compiler.frontend.functions;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.ConstantLimits;
import io.hedgerow.compiler.graph.NodeDefs;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * The operations let through: functions of their inputs alone, which touch no file, network, interpreter or state.
 * Whether one can be explained is decided later, by whether it has a rule.
 */
public final class KnownOperations {
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private static final Set<String> PURE = words(
            """
            Const
            Conv Conv2D Conv2DBackpropInput DepthwiseConv2dNative Dilation2D BiasAdd BiasAddV1 MatMul BatchMatMul
            BatchMatMulV2 BatchMatMulV3 Einsum LRN FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3
            BatchNormWithGlobalNormalization L2Loss
            AvgPool MaxPool MaxPoolV2 MaxPoolWithArgmax FractionalAvgPool
            Relu Relu6 LeakyRelu Elu Selu Softplus Softsign Sigmoid Tanh Softmax LogSoftmax Erf Erfc
            Add AddV2 AddN Sub Mul Div DivNoNan RealDiv FloorDiv TruncateDiv FloorMod Mod TruncateMod MulNoNan Maximum
            Minimum Pow SquaredDifference Neg Abs Sign Square Sqrt Rsqrt Reciprocal Inv Exp Expm1 Log Log1p Sin Cos Tan
            Asin Acos Atan Atan2 Sinh Cosh Asinh Acosh Atanh Floor Ceil Round Rint Cast Bitcast ClipByValue Xdivy Xlogy
            IsFinite IsNan IsInf Cumsum Cumprod
            Mean Sum Max Min Prod All Any ArgMax ArgMin EuclideanNorm TopK TopKV2
            Equal NotEqual Less LessEqual Greater GreaterEqual LogicalAnd LogicalOr LogicalNot ApproximateEqual
            Select SelectV2 Where
            Shape ShapeN Size Rank Reshape Squeeze ExpandDims Transpose ConjugateTranspose InvertPermutation Concat
            ConcatV2 ConcatOffset Pack ParallelConcat Unpack Split SplitV Slice StridedSlice Gather GatherV2 GatherNd
            Pad PadV2 MirrorPad Tile Fill ZerosLike OnesLike Range LinSpace BroadcastTo BroadcastArgs
            BroadcastGradientArgs Reverse ReverseV2 Roll OneHot Diag DiagPart MatrixDiag MatrixDiagPart MatrixDiagV2
            MatrixDiagV3 MatrixBandPart ScatterNd TensorScatterUpdate SpaceToBatch SpaceToBatchND BatchToSpace
            BatchToSpaceND SpaceToDepth DepthToSpace ExtractImagePatches Unique
            ResizeBilinear ResizeNearestNeighbor ResizeBicubic ResizeArea CropAndResize ScaleAndTranslate
            ImageProjectiveTransformV2 ImageProjectiveTransformV3
            AdjustContrastv2 AdjustHue AdjustSaturation RGBToHSV HSVToRGB
            FakeQuantWithMinMaxArgs FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsPerChannel
            QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 QuantizeAndDequantizeV4
            BitwiseAnd BitwiseOr BitwiseXor LeftShift RightShift""");

    /** Variables, whose values take the node's place. */
    private static final Set<String> VARIABLES = words("VarHandleOp VariableV2 Variable");

    /** What live image augmentation is made of; let through to be bypassed, or refused by name. */
    private static final Set<String> RANDOM = words(
            """
            RandomUniform RandomUniformInt RandomStandardNormal TruncatedNormal Multinomial RandomShuffle
            StatelessRandomUniform StatelessRandomUniformV2 StatelessRandomUniformInt StatelessRandomUniformIntV2
            StatelessRandomUniformFullInt StatelessRandomUniformFullIntV2 StatelessRandomNormal StatelessRandomNormalV2
            StatelessTruncatedNormal StatelessTruncatedNormalV2 StatelessMultinomial
            StatelessRandomGetKeyCounter StatelessRandomGetKeyCounterAlg StatelessRandomGetAlg
            RngReadAndSkip RngSkip StatefulUniform StatefulUniformInt StatefulUniformFullInt StatefulStandardNormal
            StatefulStandardNormalV2 StatefulTruncatedNormal""");

    /** What loops are made of, by how their names begin. */
    private static final Set<String> LOOPS =
            Set.of("While", "StatelessWhile", "Exit", "NextIteration", "TensorArray", "TensorList");

    private static final String ENCODED = "the model takes encoded images: choose a signature that takes decoded ones";

    /** What to do about operations that are often met, by how their names begin. */
    private static final Map<String, String> REASONS = Map.of(
            "ParseExample",
            "the model takes serialised examples: choose a signature that takes images",
            "Decode",
            ENCODED,
            "CudnnRNN",
            Loops.RECURRENT,
            "Placeholder",
            "the model needs a second input: save it with that input fixed");

    private final OperationDefinitions definitions;

    public KnownOperations(OperationDefinitions definitions) {
        this.definitions = definitions;
    }

    public static boolean isVariable(NodeDef node) {
        return VARIABLES.contains(node.getOp());
    }

    public static boolean isRandom(NodeDef node) {
        return RANDOM.contains(node.getOp());
    }

    /** Refuses what is not known to be pure, and constants that are too large or malformed. */
    void check(Endpoint endpoint) {
        NodeDef node = endpoint.node();
        String operation = node.getOp();
        if (!PURE.contains(operation) && !VARIABLES.contains(operation) && !RANDOM.contains(operation)) {
            throw refused(endpoint, definitions.find(operation));
        }
        if (NodeDefs.isConstant(node)) {
            ConstantLimits.check(node, endpoint.where());
        }
    }

    private static ModelRefusedException refused(Endpoint endpoint, @Nullable OpDef definition) {
        String operation = endpoint.node().getOp();
        if (LOOPS.stream().anyMatch(operation::startsWith)) {
            return new ModelRefusedException(
                    "%s is needed for the output: %s".formatted(endpoint.where(), Loops.reason(endpoint)));
        }
        String reason = REASONS.entrySet().stream()
                .filter(entry -> operation.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> reason(definition));
        return new ModelRefusedException("%s is needed for the output: %s".formatted(endpoint.where(), reason));
    }

    private static String reason(@Nullable OpDef definition) {
        if (definition == null) {
            return OperationDefinitions.CUSTOM;
        }
        return definition.getIsStateful()
                ? "it reads or changes something outside the graph; save the model without it"
                : "it is not among the operations known to be safe in a classifier; save the model without it";
    }

    private static Set<String> words(String text) {
        return Stream.of(SPACES.split(text.strip(), -1)).collect(Collectors.toUnmodifiableSet());
    }
}
