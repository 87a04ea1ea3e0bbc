package io.hedgerow.compiler.lrp;

import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.Convolution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A convolution together with what comes right after it and is one factor and one offset for each of its channels: bias and
 * batch normalisation, as one operation or taken apart.
 */
final class MergedLayer {
    private static final float USUAL_EPSILON = 1e-4f;

    private final Convolution layer;
    private final double[] factors;
    private final double[] offsets;

    private MergedLayer(Convolution layer, int channels) {
        this.layer = layer;
        this.factors = new double[channels];
        this.offsets = new double[channels];
        Arrays.fill(factors, 1);
    }

    /**
     * Of a layer.
     *
     * @param end the node that the layer ends at
     */
    static MergedLayer of(Convolution layer, Node end, Network network) {
        MergedLayer merged = new MergedLayer(layer, channels(layer));
        Node at = end;
        List<Node> next = network.consumers(at.output());
        while (next.size() == 1 && merged.take(next.get(0), at.output(), network)) {
            at = next.get(0);
            next = network.consumers(at.output());
        }
        return merged;
    }

    private static int channels(Convolution layer) {
        long[] shape = layer.kernel().shape();
        return Math.toIntExact(layer.isDepthwise() ? shape[2] * shape[3] : layer.isTransposed() ? shape[2] : shape[3]);
    }

    /** W times each output's factor. */
    Operand<TFloat32> weights(Operand<TFloat32> kernel, Ops tf) {
        if (Arrays.stream(factors).allMatch(factor -> factor == 1)) {
            return kernel;
        }
        long[] shape = layer.kernel().shape();
        Shape outputs = layer.isDepthwise()
                ? Shape.of(shape[2], shape[3])
                : layer.isTransposed() ? Shape.of(shape[2], 1) : Shape.of(shape[3]);
        return tf.math.mul(kernel, tf.constant(outputs, DataBuffers.of(floats(factors))));
    }

    /** What is added to each output whatever the input, where that is positive; else 0. */
    Operand<TFloat32> positiveBias(Ops tf) {
        double[] positive =
                Arrays.stream(offsets).map(offset -> Math.max(0, offset)).toArray();
        return tf.constant(Shape.of(positive.length), DataBuffers.of(floats(positive)));
    }

    private boolean take(Node node, TensorRef x, Network network) {
        if (Operations.isNormalisation(node)) {
            return Operations.isByStoredStatistics(node) && node.input(0).equals(x) && normalise(node, network);
        }
        if (node.operation().equals("Identity")) {
            return true;
        }
        if (node.inputs().size() != 2) {
            return false;
        }
        boolean isLeft = node.input(0).equals(x);
        Optional<double[]> by = channels(node.input(isLeft ? 1 : 0), network);
        return by.isPresent() && change(node.operation(), isLeft, by.get());
    }

    private boolean change(String operation, boolean isLeft, double[] by) {
        switch (operation) {
            case "BiasAdd", "BiasAddV1", "Add", "AddV2" -> change(1, by, 1);
            case "Sub" -> change(isLeft ? 1 : -1, by, isLeft ? -1 : 1);
            case "Mul" -> scale(by);
            case "RealDiv", "Div" -> {
                if (!isLeft) {
                    return false;
                }
                scale(Arrays.stream(by).map(value -> 1 / value).toArray());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void change(int sign, double[] by, int times) {
        for (int i = 0; i < factors.length; i++) {
            factors[i] *= sign;
            offsets[i] = sign * offsets[i] + times * by[i];
        }
    }

    private void scale(double[] by) {
        for (int i = 0; i < factors.length; i++) {
            factors[i] *= by[i];
            offsets[i] *= by[i];
        }
    }

    private boolean normalise(Node node, Network network) {
        double[][] of = new double[4][];
        for (int i = 0; i < of.length; i++) {
            Optional<double[]> values = channels(node.input(i + 1), network);
            if (values.isEmpty()) {
                return false;
            }
            of[i] = values.get();
        }
        double epsilon = node.real("epsilon", USUAL_EPSILON);
        double[] factor = new double[factors.length];
        Arrays.setAll(factor, i -> of[0][i] / Math.sqrt(of[3][i] + epsilon));
        change(1, of[2], -1);
        scale(factor);
        change(1, of[1], 1);
        return true;
    }

    /** A constant that has one number for each channel, or one for all. */
    private Optional<double[]> channels(TensorRef tensor, Network network) {
        return network.constant(tensor)
                .filter(constant -> isOfChannels(constant.shape()))
                .map(Constant::values)
                .map(values -> {
                    double[] each = new double[factors.length];
                    Arrays.setAll(each, i -> values[values.length == 1 ? 0 : i]);
                    return each;
                });
    }

    private boolean isOfChannels(long[] shape) {
        long size = Arrays.stream(shape).reduce(1, (one, other) -> one * other);
        return size == 1 || (size == factors.length && shape[shape.length - 1] == size);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
