package io.hedgerow.compiler.geometry;

import io.hedgerow.compiler.graph.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Operations that compute each entry from entries at the same place, and sums along whole axes. */
final class Entrywise implements Motion {
    private static final Set<String> BROADCAST = words(
            """
            BiasAdd BiasAddV1 LRN FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 BatchNormWithGlobalNormalization
            Relu Relu6 LeakyRelu Elu Selu Softplus Softsign Sigmoid Tanh Softmax LogSoftmax Erf Erfc
            Add AddV2 AddN Sub Mul Div DivNoNan RealDiv FloorDiv TruncateDiv FloorMod Mod TruncateMod MulNoNan Maximum
            Minimum Pow SquaredDifference Neg Abs Sign Square Sqrt Rsqrt Reciprocal Inv Exp Expm1 Log Log1p Sin Cos Tan
            Asin Acos Atan Atan2 Sinh Cosh Asinh Acosh Atanh Floor Ceil Round Rint Cast ClipByValue Xdivy Xlogy
            IsFinite IsNan IsInf Equal NotEqual Less LessEqual Greater GreaterEqual LogicalAnd LogicalOr LogicalNot
            ApproximateEqual Select SelectV2 ZerosLike OnesLike BroadcastTo Identity IdentityN Snapshot StopGradient
            PreventGradient CheckNumerics EnsureShape AdjustContrastv2 AdjustHue AdjustSaturation RGBToHSV HSVToRGB
            FakeQuantWithMinMaxArgs FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsPerChannel
            QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 QuantizeAndDequantizeV4
            BitwiseAnd BitwiseOr BitwiseXor LeftShift RightShift""");

    private static final Set<String> REDUCTIONS = Operations.REDUCTIONS;
    private static final Set<String> PRODUCTS = Operations.MATRIX_PRODUCTS;

    @Override
    public boolean covers(String operation) {
        return BROADCAST.contains(operation) || REDUCTIONS.contains(operation) || PRODUCTS.contains(operation);
    }

    @Override
    public List<List<PictureAxis>> outputs(Step step) {
        String operation = step.node().operation();
        if (REDUCTIONS.contains(operation)) {
            return List.of(reduced(step));
        }
        if (operation.equals("Einsum")) {
            return List.of(summed(step));
        }
        if (PRODUCTS.contains(operation)) {
            return List.of(multiplied(step));
        }
        return operation.equals("IdentityN")
                ? IntStream.range(0, step.node().inputs().size())
                        .mapToObj(step::axes)
                        .toList()
                : List.of(broadcast(step));
    }

    private static List<PictureAxis> broadcast(Step step) {
        int rank = step.shape(0).length;
        List<PictureAxis> all = new ArrayList<>(
                IntStream.of(step.shape(0)).mapToObj(PictureAxis::blank).toList());
        for (int input = 0; input < step.node().inputs().size(); input++) {
            if (step.showsPicture(input)) {
                List<PictureAxis> axes = step.axes(input);
                int missing = rank - axes.size();
                for (int i = 0; i < axes.size(); i++) {
                    all.set(missing + i, Overlay.of(all.get(missing + i), axes.get(i), step));
                }
            }
        }
        return all;
    }

    private static List<PictureAxis> reduced(Step step) {
        List<PictureAxis> axes = step.copy(0);
        boolean keeps = step.node().flag("keep_dims");
        int[] gone = Arrays.stream(step.axisNumbers(1, axes.size()))
                .distinct()
                .sorted()
                .toArray();
        for (int i = gone.length - 1; i >= 0; i--) {
            if (keeps) {
                axes.set(gone[i], PictureAxis.blank(1));
            } else {
                axes.remove(gone[i]);
            }
        }
        return axes;
    }

    /** What a constant matrix makes of the last axis is no place any more; the others stay. */
    private static List<PictureAxis> multiplied(Step step) {
        boolean isTurned = step.node().flag("transpose_a") || step.node().flag("adj_x");
        if (step.showsPicture(1) || isTurned) {
            throw step.lostWay("multiplies pictures by matrices from the left");
        }
        int[] shape = step.shape(0);
        List<PictureAxis> axes = step.copy(0);
        if (shape.length != axes.size()) {
            throw step.lostWay("multiplies pictures by several matrices");
        }
        axes.set(shape.length - 1, PictureAxis.blank(shape[shape.length - 1]));
        return axes;
    }

    /** An axis keeps its letter. */
    private static List<PictureAxis> summed(Step step) {
        String[] equation = step.node().text("equation", "").replace(" ", "").split("->|,", -1);
        int picture = step.showsPicture(0) ? 0 : 1;
        if (equation.length != 3
                || step.showsPicture(1 - picture)
                || String.join("", equation).contains(".")) {
            throw step.lostWay("multiplies pictures in a way that isn't followed");
        }
        int[] shape = step.shape(0);
        List<PictureAxis> axes = step.axes(picture);
        return IntStream.range(0, shape.length)
                .mapToObj(i -> {
                    int from = equation[picture].indexOf(equation[2].charAt(i));
                    return from < 0 ? PictureAxis.blank(shape[i]) : axes.get(from);
                })
                .toList();
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+", -1));
    }
}
